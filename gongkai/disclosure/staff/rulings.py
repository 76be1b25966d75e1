"""A county's rules: how many reviews each organ's texts pass, how index numbers are written."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.disclosure import actions, queries
from gongkai.disclosure.models import ReviewRule
from gongkai.disclosure.rules import DisclosureError
from gongkai.disclosure.staff.access import put_beside
from gongkai.disclosure.staff.section_forms import IndexRuleForm, ReviewRuleForm
from gongkai.disclosure.staff.sections import CountyView
from gongkai.orgs.models import Organ


@dataclass(frozen=True, slots=True)
class StepsLine:
    """How many reviews an organ's texts pass now, and since when by whose setting."""

    organ: Organ
    steps: int
    since: date | None
    coming: ReviewRule | None


class RulesView(CountyView):
    """How many reviews each organ's texts pass, and how index numbers are written."""

    template_name = "disclosure/sections/rules.html"
    page_title = "审核级数和索引号"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show both rules."""
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Set one of them."""
        self.keeper_only()
        review = request.POST.get("do") != "index"
        form = self.review_form(request.POST) if review else self.index_form(request.POST)
        if form.is_valid():
            try:
                self.perform(form.cleaned_data, review)
            except DisclosureError as refused:
                put_beside(form, refused)
            else:
                messages.success(request, "已设定。")
                return redirect("disclosure:rules")
        return self.show(**{"review" if review else "index": form})

    def perform(self, told: dict[str, Any], review: bool) -> None:
        """Call the verb."""
        if review:
            organ, steps, since = told["organ"], told["steps"], told["valid_from"]
            actions.set_review_rule(organ, steps=steps, valid_from=since, **self.who)
        else:
            pattern, since = told["pattern"], told["index_from"]
            actions.set_index_rule(self.county, pattern=pattern, valid_from=since, **self.who)

    def review_form(self, data: Any = None) -> ReviewRuleForm:
        """Return the form of the review."""
        initial = {"valid_from": self.person.today}
        return ReviewRuleForm(data, organs=self.organs(), initial=initial)

    def index_form(self, data: Any = None) -> IndexRuleForm:
        """Return the form of index numbers, with what holds."""
        pattern = queries.index_pattern(self.county.pk, self.person.today)
        return IndexRuleForm(data, initial={"pattern": pattern, "index_from": self.person.today})

    def show(self, review: Any = None, index: Any = None) -> HttpResponse:
        """Show the page; 422 when a form was refused."""
        refused = any(form is not None and form.errors for form in (review, index))
        context = self.get_context_data(
            review=review or self.review_form(),
            index=index or self.index_form(),
            pattern=queries.index_pattern(self.county.pk, self.person.today),
            lines=self.lines(),
            keeps=self.keeps,
            county=self.county,
        )
        return self.render_to_response(context, status=422 if refused else 200)

    def lines(self) -> list[StepsLine]:
        """Return the rule of each organ. Two queries."""
        today = self.person.today
        rules: dict[int, list[ReviewRule]] = {}
        organs = list(self.organs())
        for rule in ReviewRule.objects.filter(organ__in=organs).order_by("valid_from"):
            rules.setdefault(rule.organ_id, []).append(rule)
        lines = []
        for organ in organs:
            known = rules.get(organ.pk, [])
            held = [rule for rule in known if rule.valid_from <= today]
            coming = next((rule for rule in known if rule.valid_from > today), None)
            steps = held[-1].steps if held else queries.usual_steps(organ)
            lines.append(StepsLine(organ, steps, held[-1].valid_from if held else None, coming))
        return lines
