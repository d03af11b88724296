"""The council's colours as a stylesheet of their own, because pages may carry no inline style."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from brokerage.council import settings
from brokerage.design import colours


@login_not_required
@require_safe
@cache_control(public=True, max_age=86_400)
def theme(request):
    council = settings.current()
    brand = colours.checked(council.brand_colour)
    link = colours.readable_link(colours.checked(council.link_colour))
    names = {
        "--govuk-brand-colour": brand,
        "--app-on-brand": colours.readable_on(brand),
        "--govuk-link-colour": link,
        "--govuk-link-hover-colour": colours.mix(link, colours.BLACK, 0.4),
        "--govuk-link-visited-colour": link,
        "--govuk-surface-background-colour": colours.mix(brand, colours.WHITE, 0.95),
        "--govuk-surface-border-colour": colours.mix(brand, colours.WHITE, 0.5),
        "--govuk-template-background-colour": colours.mix(brand, colours.WHITE, 0.95),
    }
    lines = ";".join(f"{name}:{colour}" for name, colour in names.items())
    return HttpResponse(f":root{{{lines}}}\n", content_type="text/css")


theme.may = "public"
