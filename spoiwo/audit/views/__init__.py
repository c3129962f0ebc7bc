"""Pages of the record of deeds; their audiences are declared in the room above that knows permissions."""
