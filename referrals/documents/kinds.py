"""The papers councils speak of, in one place: what each is called. Which of them a case needs, its pathway says."""

LABELS = {
    "assessment": "Assessment, reassessment or review",
    "care_plan": "Care and support plan",
    "home_care_referral": "Home care referral",
    "interim_support_step": "Interim support provision work step",
    "funding_agreement": "Funding agreement",
    "out_of_panel_agreement": "Out of panel funding agreement",
    "pen_picture": "Pen picture of needs",
    "panel_document": "Panel document",
    "panel_approval": "Resource panel’s approval",
    "respite_form": "Respite referral form",
    "supported_living_referral": "Supported living referral",
    "working_age_referral": "Working age adults referral form",
    "risk_strategy": "Agreed risk management strategy",
    "part_a": "Form part A",
    "play_scheme_annex": "Play scheme annex",
    "consent": "Consent to share",
    "chc_checklist": "Continuing healthcare checklist",
    "other": "Photo or other paper",
}
PEN_PICTURE, OTHER = "pen_picture", "other"
PLANS = ("interim_support_step", "care_plan")  # one of them is with the provider before a service starts (DER-16)
MANY = (OTHER,)  # of these a case may hold several at once; of every other kind, one


def label_of(kind: str) -> str:
    """A kind that only one council's pathway names is called by its own words."""
    return LABELS.get(kind) or kind.replace("_", " ").capitalize()


def in_sentence(kind: str) -> str:
    """ "care and support plan", as it stands inside a sentence."""
    label = label_of(kind)
    return label[0].lower() + label[1:]
