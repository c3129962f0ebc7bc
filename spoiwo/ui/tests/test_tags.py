"""The parts of a page: what they say, and that they let no markup in."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines

from spoiwo.ui import text
from spoiwo.ui.tests.render import request_for
from spoiwo.ui.tests.samples import NGO, EntryFilter, EntryForm, wrong_form

EVIL = '<b title="x">&'
ESCAPED = "&lt;b title=&quot;x&quot;&gt;&amp;"


def made(source, path="/", **context):
    """A piece of template as HTML."""
    return engines["django"].from_string("{% load ui %}" + source).render(context, request_for(path)).strip()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 902504977|zl }}", "9~025~049,77~zł"),
        ("{{ 902504977|zl_table }}", "9~025~049,77"),
        ("{{ 0|zl_table }}", "0,00"),
        ("{{ -100|zl }}", "−1,00~zł"),
        ('{{ "11.68"|percent }}', "11,68~%"),
        ('{{ "2019-10-04"|on_day:"table" }}', "4.10.2019"),
        ("{{ 9|counted:noun }}", "9~organizacji"),
        ("{{ 3|counted:forms }}", "3~organizacje"),
        ('{{ "w domu"|nbsp }}', "w~domu"),
        ("{{ hash|fingerprint }}", "4f2a 91c7 0be3"),
        ("{{ hash|fingerprint:2 }}", "4f2a~91c7"),
    ],
)
def test_values_are_written_as_the_house_writes_them(source, expected):
    forms_of_it = {"code": "ngo", "one": "organizacja", "few": "organizacje", "many": "organizacji", "one_acc": ""}
    html = made(source, noun=NGO, forms=forms_of_it, hash="4f2a91c70be3")
    assert html == expected.replace("~", text.NBSP)


def test_an_amount_not_reported_is_never_a_zero():
    assert "0" not in made("{{ None|zl }}{{ None|zl_table }}{% amount None '/x' %}")
    assert ">–<" in made("{{ None|zl_table }}")
    assert "href" not in made("{% amount None '/x' %}")
    assert made("{% amount 0 '/x' %}") == '<a class="sp-figure" href="/x">0,00</a>'


@pytest.mark.parametrize(
    "source",
    [
        "{% status_tag 'good' evil %}",
        "{% source evil 'own' %}",
        "{% source 'Własne' 'own' short=evil %}",
        "{% figure_link evil '/x' %}",
        "{% change evil evil %}",
        "{% breadcrumbs evil '/' evil %}",
        "{% notice 'bad' evil %}{{ evil }}{% endnotice %}",
        "{% panel title=evil note=evil foot=evil link=evil url='/x' %}{{ evil }}{% endpanel %}",
        "{% fold title=evil note=evil tag=evil %}{{ evil }}{% endfold %}",
        "{% empty_state evil say=evil action=evil url='/' %}",
        "{% kv pairs %}",
        "{% timeline items %}",
        "{% downloads files %}",
        "{{ evil|nbsp }}",
        "{% buttons %}{{ evil }}{% endbuttons %}",
        "{% sort_head 'x' evil %}",
    ],
)
def test_nothing_that_comes_from_data_becomes_markup(source):
    html = made(
        source,
        evil=EVIL,
        pairs=[(EVIL, EVIL)],
        items=[{"when": "2026-01-01", "title": EVIL, "text": EVIL, "by": EVIL}],
        files=[{"label": EVIL, "url": "/x", "note": EVIL}],
    )
    assert ESCAPED.replace(" ", "") in html.replace(" ", "").replace(text.NBSP, "")
    assert EVIL not in html


@pytest.mark.parametrize(("kind", "drawn"), [("pfron", "pfron"), ("own", "own"), ("fund-x", "other"), ("", "other")])
def test_a_source_has_the_colour_of_its_class_and_always_its_name(kind, drawn):
    html = made("{% source 'Nowy fundusz' kind %}", kind=kind)
    assert f'<rect class="{drawn}"' in html
    assert "Nowy fundusz" in html


def test_an_icon_that_nobody_drew_stops_the_page():
    with pytest.raises(TemplateSyntaxError, match="unicorn"):
        made("{% icon 'unicorn' %}")


def test_breadcrumbs_end_with_the_page_itself_without_a_link():
    for source in ("{% breadcrumbs 'A' '/a' 'B' %}", "{% breadcrumbs steps %}"):
        html = made(source, steps=[("A", "/a"), ("B",)])
        assert '<a href="/a">A</a>' in html
        assert '<li aria-current="page">B</li>' in html


def test_pages_keep_the_filter_and_the_order():
    page = Paginator(range(100), 10).page(3)
    html = made("{% pagination page %}", path="/?q=%C5%BC%26&sort=-date&page=3", page=page)
    assert 'href="/?q=%C5%BC%26&amp;sort=-date&amp;page=4" rel="next"' in html
    assert 'href="/?q=%C5%BC%26&amp;sort=-date&amp;page=2" rel="prev"' in html
    assert re.search(r'page=3" aria-current="page"', html)
    assert "21–30" in html


def test_a_list_of_one_page_has_no_pages():
    assert made("{% pagination page %}", page=Paginator([1], 10).page(1)) == ""


@pytest.mark.parametrize(
    ("path", "state", "turns_to"),
    [
        ("/?page=4", "descending", "?sort=date"),
        ("/?sort=date", "ascending", "?sort=-date"),
        ("/?sort=-date", "descending", "?sort=date"),
        ("/?sort=amount", "", "?sort=date"),
    ],
)
def test_the_head_of_a_column_tells_its_order_and_turns_it(path, state, turns_to):
    html = made("{% sort_head 'date' 'Data' default='-date' %}", path=path)
    assert (f'aria-sort="{state}"' in html) == bool(state)
    assert ("aria-sort" in html) == bool(state)
    assert f'href="/{turns_to}"' in html


def test_a_filter_keeps_the_order_and_offers_to_be_cleared_only_when_it_narrows():
    bar = "{% filter_bar form label='Filtr' target='#rows' %}"
    html = made(bar, path="/ledger/?sort=-date&q=ulotki", form=EntryFilter({"q": "ulotki"}))
    assert '<input type="hidden" name="sort" value="-date">' in html
    assert '<a href="/ledger/">' in html
    assert 'hx-target="#rows"' in html
    assert "govuk-label__note" not in html
    assert "<a " not in made(bar, path="/ledger/?sort=-date", form=EntryFilter({}))


class TestField:
    """A field with its label, hint, error and control."""

    def test_the_control_is_described_by_its_hint_its_error_and_its_unit(self):
        class Form(forms.Form):
            amount = forms.CharField(label="Kwota", help_text="Co do grosza")

        html = made("{% field form.amount suffix='zł' width=10 %}", form=Form({"amount": ""}))
        ids = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
        assert ids == ["id_amount_helptext", "id_amount_error", "id_amount_unit"]
        assert all(f'id="{id_}"' in html for id_ in ids)
        assert 'class="govuk-input govuk-input--error govuk-input--width-10"' in html
        assert 'aria-invalid="true"' in html

    def test_a_field_without_hint_and_error_is_described_by_nothing(self):
        assert "aria-describedby" not in made("{% field form.description %}", form=EntryForm())

    def test_what_need_not_be_filled_says_so(self):
        form = EntryForm()
        assert "govuk-label__note" in made("{% field form.note %}", form=form)
        assert "govuk-label__note" not in made("{% field form.description %}", form=form)
        assert "govuk-label__note" not in made("{% field form.note compact=True %}", form=form)

    def test_choices_stand_in_a_fieldset_and_keep_what_was_chosen(self):
        html = made("{% field form.kind %}{% field form.tags %}", form=wrong_form())
        assert html.count("<fieldset") == html.count("<legend") == 2
        assert re.search(r'type="radio" id="id_kind_0" name="kind" value="payment" checked', html)
        assert re.search(r'type="checkbox" id="id_tags_0" name="tags" value="ngo" checked', html)

    def test_a_value_and_a_choice_are_escaped(self):
        class Form(forms.Form):
            name = forms.CharField(label=EVIL, help_text=EVIL)
            kind = forms.ChoiceField(label=EVIL, choices=[(EVIL, EVIL)], widget=forms.RadioSelect)

        html = made("{% field form.name %}{% field form.kind %}", form=Form({"name": EVIL, "kind": "other" + EVIL}))
        assert EVIL not in html

    def test_a_width_without_a_style_is_refused(self):
        with pytest.raises(ValueError, match="width 7"):
            made("{% field form.description width=7 %}", form=EntryForm())


class TestErrorSummary:
    """What is to be put right, above the form."""

    def test_every_error_leads_to_its_field(self):
        form = wrong_form()
        source = "{% error_summary form %}" + "".join(f"{{% field form.{name} %}}" for name in form.fields)
        html = made(source, form=form)
        targets = re.findall(r'<a href="#([^"]+)">', html)
        assert targets == ["id_description", "id_amount", "id_programme"]
        assert all(f'id="{target}"' in html for target in targets)

    def test_a_choice_is_reached_by_its_first_option(self):
        html = made("{% error_summary form %}", form=EntryForm({}))
        assert 'href="#id_kind_0"' in html

    def test_a_sentence_names_its_field_once(self):
        html = made("{% error_summary form %}", form=wrong_form())
        assert f"Opis jest za krótki. Napisz, na{text.NBSP}co" not in html  # "na" has two letters
        assert "Opis: Opis" not in html
        assert f">Program: {text.keep_together(wrong_form().errors['programme'][0])}<" in html

    def test_a_form_that_is_right_or_not_yet_sent_has_none(self):
        assert made("{% error_summary form %}", form=EntryForm()) == ""

    def test_an_error_of_the_whole_form_and_of_a_formset_is_told(self):
        class Form(forms.Form):
            a = forms.CharField(label="A")

            def clean(self):
                raise forms.ValidationError("Suma się nie zgadza.")

        many = forms.formset_factory(Form)
        data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-a": ""}
        assert "<li>Suma się nie zgadza.</li>" in made("{% error_summary form %}", form=Form({"a": "x"}))
        html = made("{% error_summary formset %}", formset=many(data))
        assert 'href="#id_form-0-a"' in html
        assert "Suma się nie zgadza." in html
