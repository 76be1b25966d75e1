"""Reading accounts: lists with the last post and the faults, one with its history, the matrix."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth
from django.utils import timezone

from gongkai.files.models import StoredFile
from gongkai.newmedia.lifecycle import OVER, RUNNING, AccountState
from gongkai.newmedia.models import Account, AccountStep, MonthFigures, Post
from gongkai.newmedia.rules.faults import AccountFault, Judged, Month, faults_of, is_silent
from gongkai.newmedia.rules.platforms import PUBLIC, Platform
from gongkai.orgs.models import Organ

_OVER = [state.value for state in OVER]
_RUNNING = [state.value for state in RUNNING]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as lists show it on a day."""

    id: int
    title: str
    platform: Platform
    name: str
    organ_id: int
    organ: str
    main: bool
    state: AccountState
    link: str
    followers: int | None
    posts: int
    last_on: date | None
    silent: bool
    faults: tuple[AccountFault, ...]

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this account."""
        return f"newmedia:{self.id}"

    @property
    def wanting(self) -> str:
        """Return in a few words what it is found wanting in."""
        return "、".join(fault.label for fault in self.faults)


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month of an account: what it posted, by our records, and what its platform shows."""

    starts_on: date
    posts: int
    figures: MonthFigures | None


def with_last(accounts: QuerySet[Account], on: date | None = None) -> QuerySet[Account]:
    """Annotate accounts with `last_posted_at`, `updated_on` and `newest_followers`.

    The last post, the last update told of a month, the followers told last: up to a day, or ever.
    """
    posts = Post.objects.counting().filter(account=OuterRef("pk")).order_by()
    months = MonthFigures.objects.filter(account=OuterRef("pk")).order_by()
    if on is not None:
        posts = posts.filter(posted_at__lt=moments_of(on, on)[1])
        months = months.filter(starts_on__lte=on)
    last = posts.values("account").annotate(last=Max("posted_at")).values("last")
    told = months.values("account").annotate(last=Max("updated_on")).values("last")
    newest = months.filter(followers__isnull=False).order_by("-starts_on")
    return accounts.select_related("organ", "county").annotate(
        last_posted_at=Subquery(last),
        updated_on=Subquery(told),
        newest_followers=Subquery(newest.values("followers")[:1]),
    )


def last_on(account: Account) -> date | None:
    """Return the day of the last update of an account that `with_last` has annotated."""
    posted = account.last_posted_at and timezone.localdate(account.last_posted_at)
    return max((day for day in (posted, account.updated_on) if day), default=None)


def silent_ids(accounts: QuerySet[Account], today: date) -> list[int]:
    """Return which of some accounts have been silent for 14 days."""
    owing = with_last(accounts.filter(platform__in=PUBLIC)).order_by()
    return [
        each.pk
        for each in owing
        if is_silent(AccountState(each.state), last_on(each), each.opened_on, today)
    ]


def account_rows(
    accounts: Iterable[Account], today: date, start: date | None = None, end: date | None = None
) -> list[AccountRow]:
    """Return accounts, annotated by `with_last`, as lists show them.

    Posts are counted from `start` to `end`, both included; without them since the year began.
    """
    found = list(accounts)
    first, last = start or today.replace(month=1, day=1), end or today
    counted = post_counts([each.pk for each in found], first, last)
    judged = faults_by_account(found, today)
    return [
        AccountRow(
            id=each.pk,
            title=str(each),
            platform=Platform(each.platform),
            name=each.name,
            organ_id=each.organ_id,
            organ=each.organ.short_name,
            main=each.main,
            state=AccountState(each.state),
            link=each.link,
            followers=each.newest_followers,
            posts=counted.get(each.pk, 0),
            last_on=last_on(each),
            silent=any(fault.rule == "M2" for fault in judged[each.pk]),
            faults=judged[each.pk],
        )
        for each in found
    ]


def faults_by_account(
    accounts: Sequence[Account], today: date
) -> dict[int, tuple[AccountFault, ...]]:
    """Return what each of some accounts, annotated by `with_last`, is found wanting in. 2 queries.

    Of the accounts that an organ has on one platform the oldest is not told to be doubled.
    """
    keys = [each.pk for each in accounts]
    months = _months_owed(keys)
    beside = _beside(accounts)
    return {
        each.pk: tuple(
            faults_of(_judged(each, beside.get(each.pk, 0), months.get(each.pk, ())), today)
        )
        for each in accounts
    }


def _judged(account: Account, beside: int, months: Sequence[Month]) -> Judged:
    return Judged(
        name=account.name,
        platform=Platform(account.platform),
        state=AccountState(account.state),
        sponsor=account.organ.name,
        certified_as=account.certified_as,
        opened_on=account.opened_on,
        last_post_on=last_on(account),
        functions=(account.publishes, account.talks, account.serves),
        link=account.link,
        filed_number=account.filed_number,
        links_home=account.links_home,
        contract_ends_on=account.contract_ends_on,
        beside=beside,
        months=months,
    )


def _months_owed(keys: Collection[int]) -> Mapping[int, list[Month]]:
    rows = MonthFigures.objects.filter(account_id__in=keys, received__gt=F("answered"))
    found: dict[int, list[Month]] = defaultdict(list)
    for row in rows.order_by("account_id", "starts_on"):
        found[row.account_id].append(Month(row.starts_on, row.received, row.answered))
    return found


def _beside(accounts: Sequence[Account]) -> dict[int, int]:
    """Return how many other running accounts an organ has beside one, but for the oldest."""
    organs = {each.organ_id for each in accounts}
    rows = Account.objects.filter(organ_id__in=organs, state__in=_RUNNING).order_by("pk")
    held: dict[tuple[int, str], list[int]] = defaultdict(list)
    for pk, organ_id, platform in rows.values_list("pk", "organ_id", "platform"):
        held[organ_id, platform].append(pk)
    return {pk: len(same) - 1 for same in held.values() for pk in same[1:]}


def post_counts(keys: Collection[int], start: date, end: date) -> dict[int, int]:
    """Return how many posts some accounts made from a day to a day, both included, by account."""
    posts = Post.objects.counting().between(*moments_of(start, end)).filter(account_id__in=keys)
    return dict(posts.order_by().values_list("account_id").annotate(count=Count("pk")))


def month_lines(account: Account) -> list[MonthLine]:
    """Return the months of an account of which something is known, newest first. 2 queries."""
    zone = timezone.get_current_timezone()
    posts = Post.objects.counting().filter(account=account).order_by()
    counted = {
        month.date() if isinstance(month, datetime) else month: count
        for month, count in posts.annotate(month=TruncMonth("posted_at", tzinfo=zone))
        .values_list("month")
        .annotate(count=Count("pk"))
    }
    figures = {row.starts_on: row for row in MonthFigures.objects.filter(account=account)}
    months = sorted({*counted, *figures}, reverse=True)
    return [MonthLine(month, counted.get(month, 0), figures.get(month)) for month in months]


def steps_of(account: Account) -> list[AccountStep]:
    """Return what happened to an account, in order."""
    return list(account.steps.order_by("pk"))


def standing_twin(account: Account) -> Account | None:
    """Return another account, not over, that has this one's name or number on its platform."""
    same = Q(county_id=account.county_id, name=account.name)
    if account.platform_id:
        same |= Q(platform_id=account.platform_id)
    rows = Account.objects.filter(same, platform=account.platform).exclude(state__in=_OVER)
    return rows.exclude(pk=account.pk).select_related("organ").first()


def has_archive(account: Account) -> bool:
    """Say whether a file is kept with an account."""
    rows = StoredFile.objects.filter(about=account.typed_id, removed_at__isnull=True)
    return rows.exists()


def matching(accounts: QuerySet[Account], text: str) -> QuerySet[Account]:
    """Keep the accounts whose name, number or certified body holds `text`."""
    text = text.strip().replace("\x00", "")
    found = Q(name__icontains=text) | Q(platform_id__icontains=text)
    return accounts.filter(found | Q(certified_as__icontains=text)) if text else accounts


def matrix_of(county: Organ) -> list[tuple[str, list[Account]]]:
    """Return the accounts of a county that the public can open, those that lead first.

    By organ in the county's order; accounts without a link, and work groups, are left out.
    """
    rows = _public(county.pk).select_related("organ")
    groups: dict[str, list[Account]] = {}
    for each in rows.order_by("-main", "organ__order", "organ__code", "platform", "name"):
        groups.setdefault("" if each.main else each.organ.short_name, []).append(each)
    return list(groups.items())


def leading_of(county: Organ) -> list[Account]:
    """Return the accounts that lead a county's matrix, as the public can open them."""
    rows = _public(county.pk).filter(main=True).select_related("organ")
    return list(rows.order_by("organ__order", "organ__code", "platform", "name"))


def has_matrix(county_id: int) -> bool:
    """Say whether a county has an account that the public can open."""
    return _public(county_id).exists()


def _public(county_id: int) -> QuerySet[Account]:
    rows = Account.objects.filter(county_id=county_id, state__in=_RUNNING, platform__in=PUBLIC)
    return rows.exclude(link="")


def posts_of(account: Account, *, struck: bool = False) -> QuerySet[Post]:
    """Return the posts of an account, newest first; with those struck off when told."""
    rows = Post.objects.filter(account=account)
    return (rows if struck else rows.counting()).order_by("-posted_at", "-pk")


def find_account(pk: object, among: QuerySet[Account]) -> Account | None:
    """Return the account with this id among some, annotated by `with_last`, or None."""
    return with_last(among.filter(pk=pk)).first()


def waiting_accounts(accounts: QuerySet[Account]) -> dict[str, QuerySet[Account]]:
    """Return what waits among some accounts, to be counted: for the office, for the organs."""
    asked = (AccountState.APPLIED, AccountState.CHANGING, AccountState.CLOSING)
    return {
        "to_approve": accounts.filter(state__in=[state.value for state in asked]),
        "to_open": accounts.filter(state=AccountState.APPROVED),
        "to_close": accounts.filter(state=AccountState.LEAVING),
    }


def moments_of(start: date, end: date) -> tuple[datetime, datetime]:
    """Return the moment a day begins and the one after another day has ended."""
    first = timezone.make_aware(datetime.combine(start, time.min))
    return first, timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min))
