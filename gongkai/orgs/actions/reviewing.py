"""Confirming once a quarter who may do what (权限复核): the list gone through, the findings."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.orgs.actions.errors import BadReview
from gongkai.orgs.models import AccessReview, Organ
from gongkai.orgs.queries import access_list, quarter_of

_MOST = 2000


def confirm_access(
    county: Organ, *, digest: str, findings: str, by: Actor, at: datetime
) -> AccessReview:
    """Confirm the list of rights of this quarter, as it was shown (`digest`), with findings.

    Raises:
        BadReview: findings are missing or too long, the list has changed since it was shown,
            or the quarter is confirmed already.
    """
    findings = findings.strip()
    if not findings or len(findings) > _MOST:
        text = f"请填写复核情况（不超过{_MOST}字）；没有问题的，写明“未发现问题”"
        raise BadReview(text, field="findings")
    today = timezone.localdate(at)
    with transaction.atomic():
        held = Organ.objects.select_for_update(of=("self",)).get(pk=county.pk)
        now = access_list(held, at)
        if now.digest != digest:
            text = "清单在您查看以后有变动，请看过新的清单再确认"
            raise BadReview(text, field="findings")
        quarter = quarter_of(today)
        try:
            with transaction.atomic():
                made = AccessReview.objects.create(
                    county=held,
                    quarter_from=quarter,
                    confirmed_on=today,
                    findings=findings,
                    accounts=now.accounts,
                    posts=len(now.holdings),
                    dormant=now.dormant,
                    digest=digest,
                    confirmed_by=by.name,
                    confirmed_by_account=by.account,
                )
        except IntegrityError as error:
            text = f"自 {quarter} 起的季度已经复核，下一季度再办理"
            raise BadReview(text, field="findings") from error
        record(
            "orgs.confirm_access",
            f"orgs.review:{made.pk}",
            chain=held.code,
            by=by,
            at=at,
            label=str(made),
            after={
                "quarter_from": quarter,
                "accounts": now.accounts,
                "posts_held": len(now.holdings),
                "dormant": now.dormant,
                "digest": digest,
            },
            reason=findings,
        )
    return made
