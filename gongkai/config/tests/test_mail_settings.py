"""The environment names adapters that can be made; an empty one names the twins."""

from gongkai.adapters.mail import NoMailer, SmtpMailer, mailer
from gongkai.adapters.mailbox import ImapBox, MaildirBox, NoMailbox, mailbox_of
from gongkai.adapters.sms import HttpTexter, NoTexter, texter
from gongkai.config.settings.mail import mailbox_from, mailer_from, texter_from


def test_nothing_named_is_the_twin() -> None:
    assert isinstance(mailer(mailer_from({})), NoMailer)
    assert isinstance(mailbox_of(mailbox_from({"GONGKAI_IMAP_HOST": ""})), NoMailbox)
    assert isinstance(texter(texter_from({})), NoTexter)


def test_a_mail_server() -> None:
    named = {
        "GONGKAI_SMTP_HOST": "mail.example.gov.cn",
        "GONGKAI_SMTP_PORT": "587",
        "GONGKAI_SMTP_SECURITY": "starttls",
        "GONGKAI_SMTP_USER": "zwgk",
        "GONGKAI_SMTP_PASSWORD": "p@ss: word",
        "GONGKAI_MAIL_SENDER": "zwgk@example.gov.cn",
        "GONGKAI_MAIL_SENDER_NAME": "某县政务公开办",
    }
    made = mailer(mailer_from(named))
    assert made == SmtpMailer(
        "mail.example.gov.cn",
        587,
        "zwgk@example.gov.cn",
        "某县政务公开办",
        "zwgk",
        "p@ss: word",
        "starttls",
    )


def test_mailboxes() -> None:
    assert isinstance(mailbox_of(mailbox_from({"GONGKAI_MAILDIR": "/var/mail/zwgk"})), MaildirBox)
    assert isinstance(mailbox_of(mailbox_from({"GONGKAI_IMAP_HOST": "mail.example"})), ImapBox)


def test_a_gateway() -> None:
    named = {
        "GONGKAI_SMS_URL": "https://sms.example.gov.cn/",
        "GONGKAI_SMS_KEY": "county",
        "GONGKAI_SMS_SECRET": "secret",
    }
    assert isinstance(texter(texter_from(named)), HttpTexter)
