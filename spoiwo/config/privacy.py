"""Classes of the fields that packages bring, and how a secret may stand that is not sealed, each with its reason.

Imported at the start. A package that is not installed is passed over.
"""

from spoiwo.kernel.privacy import declare

declare("auth.Permission", internal="name content_type codename")
declare("auth.Group", internal="name")
declare("contenttypes.ContentType", internal="app_label model")
declare("sessions.Session", secret="session_key session_data", internal="expire_date")  # noqa: S106 - a class of fields
declare("account.EmailAddress", personal="user email", internal="verified primary")
declare("account.EmailConfirmation", internal="email_address created sent", secret="key")  # noqa: S106 - a class of fields
declare("mfa.Authenticator", personal="user", internal="type created_at last_used_at", secret="data")  # noqa: S106
declare("socialaccount.SocialApp", internal="provider provider_id name client_id settings", secret="secret key")  # noqa: S106
declare("socialaccount.SocialAccount", personal="user uid extra_data last_login date_joined", internal="provider")
declare("socialaccount.SocialToken", internal="app account expires_at", secret="token token_secret")  # noqa: S106
declare(
    "usersessions.UserSession",
    personal="user ip user_agent last_seen_at",
    internal="created_at data",
    secret="session_key",  # noqa: S106
)

# Secrets that stand in the database otherwise than sealed: as what, and why that is right.
SECRETS_NOT_SEALED = {
    "access.Invitation.token_hash": "SHA-256 of a random token of 256 bits",
    "access.KnownBrowser.browser": "keyed fingerprint of a random sign",
    "access.User.password": "hash by scrypt, with a salt of its own",
    "access.Visit.session_key": "the key of a session of this house; the row goes with the session",
    "sessions.Session.session_key": "of the package; ends after ten hours, expired ones go daily (retention.csv)",
    "sessions.Session.session_data": "of the package; signed, holds the number of the account and what forms lay aside",
    "account.EmailConfirmation.key": "of the package; never written here, addresses are confirmed by an invitation",
    "mfa.Authenticator.data": "secrets of TOTP and of recovery codes are sealed by the account adapter before",
    "socialaccount.SocialApp.secret": "of the package; never written here, providers are set by the environment",
    "socialaccount.SocialApp.key": "of the package; never written here, providers are set by the environment",
    "socialaccount.SocialToken.token": "of the package; tokens are not kept (SOCIALACCOUNT_STORE_TOKENS)",
    "socialaccount.SocialToken.token_secret": "of the package; tokens are not kept (SOCIALACCOUNT_STORE_TOKENS)",
    "usersessions.UserSession.session_key": "of the package; ends with the session that it names",
}
