"""Templates of each kind and the profile of each organ, for the county office."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.letters import actions, queries
from gongkai.letters.models import LetterProfile, LetterTemplate
from gongkai.letters.rules.errors import LetterError
from gongkai.letters.rules.kinds import LetterKind
from gongkai.letters.rules.values import WORDS, sample_for
from gongkai.letters.staff.access import LettersView
from gongkai.letters.staff.forms import ProfileForm, RetireForm, TemplateForm
from gongkai.letters.staff.register import TYPES, download
from gongkai.orgs.models import Organ


class ManagingView(LettersView):
    """A screen for those who manage templates and profiles."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn away everybody else."""
        self.managers_only()
        return super().dispatch(request, *args, **kwargs)

    def answer(self, form: Any, **context: Any) -> HttpResponse:
        """Show a form; 422 when it was refused."""
        shown = self.get_context_data(form=form, media=form.media, **context)
        return self.render_to_response(shown, status=422 if form.errors else 200)


class TemplatesView(ManagingView):
    """Every kind of letter with the template that serves an organ today."""

    template_name = "letters/templates.html"
    page_title = "公文模板"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the kinds; the organ is chosen in the address."""
        organs = list(self.person.acts_for)
        chosen = request.GET.get("organ", "")
        organ = next((each for each in organs if str(each.pk) == chosen), organs[0])
        rows = [
            (kind, queries.template_in_force(organ, kind, self.person.today).row)
            for kind in LetterKind
        ]
        return self.render_to_response(
            self.get_context_data(organs=organs, organ=organ, rows=rows, words=WORDS)
        )


class TemplateFileView(ManagingView):
    """The template that serves an organ today, to edit; or a sample made with it, to look at."""

    def get(self, request: HttpRequest, pk: int, kind: str, form: str) -> HttpResponse:
        """Send the docx of the template, or the PDF of a sample letter."""
        organ, which = self.organ(pk), self.kind(kind)
        if form == "docx":
            data = queries.template_in_force(organ, which, self.person.today).docx
            return download(data, f"{which.label}模板.docx", TYPES["docx"])
        if form != "pdf":
            raise Http404
        day = max(self.person.today, which.valid_from)
        try:
            made = actions.preview(organ, kind=which, values=sample_for(which), on=day)
        except LetterError as refused:
            messages.error(request, str(refused))
            return redirect(_list_of(organ))
        return download(made.pdf, f"{which.label}样例.pdf", TYPES["pdf"], attached=False)


class UploadView(ManagingView):
    """Upload an organ's own template of a kind."""

    template_name = "letters/form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the kind, whose name is the page's."""
        self.which = self.kind(kwargs["kind"])
        self.page_title = f"上传模板：{self.which.label}"
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """Show the empty form."""
        organ = self.organ(pk)
        return self.show(organ, TemplateForm(initial={"valid_from": self.person.today}))

    def post(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """Put the template in force, or say what to mend."""
        organ = self.organ(pk)
        form = TemplateForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(organ, form)
        file = form.cleaned_data["docx"]
        try:
            actions.upload_template(
                organ,
                kind=self.which,
                docx=file.read(),
                name=file.name,
                valid_from=form.cleaned_data["valid_from"],
                by=self.person.actor,
                at=self.person.now,
            )
        except LetterError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            return self.show(organ, form)
        messages.success(request, f"已启用{organ}的“{self.which.label}”模板")
        return redirect(_list_of(organ))

    def show(self, organ: Organ, form: TemplateForm) -> HttpResponse:
        """Show the form and the placeholders that may be used."""
        told = f"{organ.name}的“{self.which.label}”模板。上传后系统先检查，合格的才启用。"
        return self.answer(form, told=told, button="上传", back=_list_of(organ), words=WORDS)


class RetireView(ManagingView):
    """End an organ's own template."""

    template_name = "letters/form.html"
    page_title = "停用模板"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the day."""
        return self.show(self.template(pk), RetireForm(initial={"on": self.person.today}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it, or say why not."""
        template = self.template(pk)
        form = RetireForm(request.POST)
        if not form.is_valid():
            return self.show(template, form)
        try:
            actions.retire_template(
                template, on=form.cleaned_data["on"], by=self.person.actor, at=self.person.now
            )
        except LetterError as refused:
            form.add_error(None, str(refused))
            return self.show(template, form)
        messages.success(request, f"已停用：{template}")
        return redirect(_list_of(template.organ))

    def template(self, pk: int) -> LetterTemplate:
        """Return a template of an organ that this person manages; else 404."""
        rows = LetterTemplate.objects.select_related("organ").defer("docx")
        found = rows.filter(pk=pk, organ__in=self.person.acts_for).first()
        if found is None:
            raise Http404
        return found

    def show(self, template: LetterTemplate, form: RetireForm) -> HttpResponse:
        """Show what is ended and the form."""
        told = f"{template}，{template.name}，由{template.uploaded_by}上传。"
        return self.answer(form, told=told, button="停用", back=_list_of(template.organ))


class ProfilesView(ManagingView):
    """Every organ with what its letters still lack."""

    template_name = "letters/profiles.html"
    page_title = "公文信息"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the organs that are in being."""
        organs = self.person.acts_for.filter(valid_to__isnull=True)
        held = {profile.pk: profile for profile in LetterProfile.objects.filter(organ__in=organs)}
        rows = [(organ, held.get(organ.pk)) for organ in organs]
        return self.render_to_response(self.get_context_data(rows=rows))


class ProfileView(ManagingView):
    """Set what one organ prints on its letters."""

    template_name = "letters/form.html"
    page_title = "修改公文信息"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form with what is held."""
        organ = self.organ(pk)
        held = LetterProfile.objects.filter(pk=organ.pk).first()
        if held is None:
            held = LetterProfile(number_prefix=organ.document_prefix[:16])
        return self.show(organ, ProfileForm(instance=held))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Set the profile, or say what to mend."""
        organ = self.organ(pk)
        form = ProfileForm(request.POST)
        if not form.is_valid():
            return self.show(organ, form)
        try:
            actions.set_profile(
                organ,
                actions.ProfileFields(**form.cleaned_data),
                by=self.person.actor,
                at=self.person.now,
            )
        except LetterError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            return self.show(organ, form)
        messages.success(request, f"已保存{organ}的公文信息")
        return redirect("letters:profiles")

    def show(self, organ: Organ, form: ProfileForm) -> HttpResponse:
        """Show the form."""
        told = f"{organ.name}。修改只用于以后签发的公文，已经签发的不变。"
        return self.answer(form, told=told, button="保存", back=reverse("letters:profiles"))


def _list_of(organ: Organ) -> str:
    return f"{reverse('letters:templates')}?organ={organ.pk}"
