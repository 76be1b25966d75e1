"""What may be done with a service item and its guide, each act with its form and verb."""

from typing import Any

from gongkai.servicehall import actions
from gongkai.servicehall.actions import ItemTold
from gongkai.servicehall.lifecycle import GuideState, ItemState
from gongkai.servicehall.models import Hall, ServiceItem
from gongkai.servicehall.queries import HallPerson, find_item, open_version
from gongkai.servicehall.rules.kinds import ItemKind
from gongkai.servicehall.staff.doing import Act, ActForm, Subject, asks, by_slug, plainly
from gongkai.servicehall.staff.fields import choice_field, day_field, row_field, text_field

_S = ItemState


class NameForm(ActForm):
    """What an item is called by."""

    name = text_field("item_name")
    kind = choice_field("事项类型", ItemKind)
    code = text_field("code", required=False, help_text="31位实施编码，没有的不填")
    base_code = text_field("base_code", required=False)

    def fill(self) -> None:
        """Show what it is called by now."""
        if isinstance(self.row, ServiceItem):
            for name in ("name", "kind", "code", "base_code"):
                self.initial.setdefault(name, getattr(self.row, name))

    def told(self) -> ItemTold:
        """Return what is told."""
        values = {name: self.cleaned_data[name] for name in ("name", "code", "base_code")}
        return ItemTold(kind=ItemKind(self.cleaned_data["kind"]), **values)


class MoveInForm(ActForm):
    """Which hall an item is served in."""

    hall = row_field("大厅", Hall.objects.none())
    joined_on = day_field("进驻日期", now=True)

    def fill(self) -> None:
        """Offer the open halls of the county."""
        county = self.row.county_id
        self.fields["hall"].queryset = Hall.objects.filter(county_id=county, left_on__isnull=True)


def _records(person: HallPerson, item: ServiceItem) -> bool:
    return person.records_for(item)


def _reviews(person: HallPerson, item: ServiceItem) -> bool:
    return person.reviews(item)


def _guide_is(state: GuideState) -> Any:
    def say(item: ServiceItem) -> bool:
        version = open_version(item)
        return version is not None and version.state == state and item.state != _S.CANCELLED

    return say


def _about_guide(verb: Any) -> Any:
    def take(item: ServiceItem, form: ActForm, who: dict[str, Any]) -> object:
        version = open_version(item)
        if version is None:
            raise actions.Refused("这一版指南已经发布，请刷新后再办")
        return verb(version, **form.cleaned_data, **who)

    return take


def _has_no_draft(item: ServiceItem) -> bool:
    return item.state != _S.CANCELLED and open_version(item) is None


ITEM_ACTS = by_slug(
    Act(
        "publish",
        "审核发布",
        asks(effective_on=day_field("生效日期", now=True)),
        _about_guide(actions.publish),
        _reviews,
        _guide_is(GuideState.SUBMITTED),
        main=True,
        hint="请核对指南全文。提交人不能审核自己提交的指南。",
    ),
    Act(
        "send-back",
        "退回修改",
        asks(why=text_field("why")),
        _about_guide(actions.send_back),
        _reviews,
        _guide_is(GuideState.SUBMITTED),
    ),
    Act(
        "submit",
        "提交审核",
        asks(),
        _about_guide(actions.submit),
        _records,
        _guide_is(GuideState.DRAFT),
        main=True,
        hint="八类重点要素齐全才能提交：事项名称、设定依据、申请条件、办理材料、办理地点、"
        "办理时间、联系电话、办理流程。",
    ),
    Act(
        "revise",
        "修改指南",
        asks(),
        plainly(actions.revise),
        _records,
        _has_no_draft,
        hint="以现在的指南为底稿编制新的一版；新的一版发布以前，公众看到的不变。",
    ),
    Act(
        "name",
        "修改名称、编码",
        NameForm,
        lambda item, form, who: actions.change_item(item, told=form.told(), **who),
        _records,
        lambda item: item.state != _S.CANCELLED,
    ),
    Act(
        "move-in",
        "进驻大厅",
        MoveInForm,
        plainly(actions.move_in),
        _records,
        lambda item: (
            item.state != _S.CANCELLED and (item.hall_id is None or item.hall_left_on is not None)
        ),
    ),
    Act(
        "move-out",
        "撤出大厅",
        asks(why=text_field("why"), left_on=day_field("撤出日期", now=True)),
        plainly(actions.move_out),
        _records,
        lambda item: item.hall_id is not None and item.hall_left_on is None,
    ),
    Act(
        "suspend",
        "暂停办理",
        asks(why=text_field("why")),
        plainly(actions.suspend),
        _records,
        lambda item: item.state == _S.IN_FORCE,
        hint="暂停的事项仍在目录中，公众页面注明暂停办理。",
    ),
    Act(
        "resume",
        "恢复办理",
        asks(why=text_field("why")),
        plainly(actions.resume),
        _records,
        lambda item: item.state == _S.SUSPENDED,
        main=True,
    ),
    Act(
        "cancel",
        "取消事项",
        asks(
            why=text_field("why", label="取消的依据和理由"),
            cancelled_on=day_field("取消日期", now=True),
        ),
        plainly(actions.cancel),
        _records,
        lambda item: item.state != _S.CANCELLED,
        hint="取消以后从目录中撤下，计入本年减少，不能恢复。",
    ),
)
ITEM = Subject(
    "items", "item", "item_act", lambda person, pk: find_item(pk, person.items), ITEM_ACTS
)
