"""Files of strangers, opened in a limited child process: looked through, cleaned or refused. Without Django."""
