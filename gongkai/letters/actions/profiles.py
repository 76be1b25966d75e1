"""Setting what an organ prints on its letters."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.letters.models import LetterProfile
from gongkai.letters.rules.errors import ProfileMissing
from gongkai.letters.rules.numbers import proper_prefix
from gongkai.orgs.models import Organ


@dataclass(frozen=True)
class ProfileFields:
    """What an organ prints on its letters; see LetterProfile."""

    number_prefix: str
    full_title: str = ""
    reconsideration_body: str = ""
    reconsideration_online: str = ""
    court: str = ""
    contact_office: str = ""
    contact_phone: str = ""
    contact_address: str = ""
    postcode: str = ""
    seal_name: str = ""


@transaction.atomic
def set_profile(organ: Organ, given: ProfileFields, *, by: Actor, at: datetime) -> LetterProfile:
    """Set an organ's letter profile; letters issued before keep what they say.

    Raises:
        ProfileMissing: the number prefix or a name cannot be used; `field` says which.
    """
    values = {name: value.strip() for name, value in asdict(given).items()}
    proper_prefix(values["number_prefix"])
    _check(values)
    held = LetterProfile.objects.select_for_update().filter(pk=organ.pk).first()
    before = {name: getattr(held, name) for name in values} if held else {}
    if before == values and held is not None:
        return held
    profile, _ = LetterProfile.objects.update_or_create(organ=organ, defaults=values)
    changed = {name: value for name, value in values.items() if before.get(name, "") != value}
    record(
        "letters.set_profile",
        f"letters.profile:{organ.pk}",
        chain=organ.code,
        by=by,
        at=at,
        label=str(profile),
        before={name: before.get(name, "") for name in changed},
        after=changed,
    )
    return profile


def _check(values: dict[str, str]) -> None:
    for name, value in values.items():
        longest = LetterProfile._meta.get_field(name).max_length
        if len(value) > longest:
            label = LetterProfile._meta.get_field(name).verbose_name
            raise ProfileMissing(f"{label}不得超过{longest}个字", field=name)
    if values["court"] and not values["court"].endswith("法院"):
        raise ProfileMissing("管辖法院应写全称，如“靖安县人民法院”", field="court")
    if values["postcode"] and not (values["postcode"].isdecimal() and len(values["postcode"]) == 6):
        raise ProfileMissing("邮政编码应为6位数字", field="postcode")
