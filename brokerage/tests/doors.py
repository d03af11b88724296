"""Who may open which address: written from the specification, not from the code.

One row an address, in the order of the journey. A new address needs a row here before `test_doors.py` passes; the row
and the view's own `may` must say the same. Whose *case* somebody may see is another question, and is answered by a 404.
"""

from brokerage.accounts.models import Role
from brokerage.design.doors import ANYONE_SIGNED_IN, PUBLIC

ADMINISTRATOR = {Role.ADMINISTRATOR}
BROKERS = {Role.BROKER, Role.DUTY_BROKER}
REFERRERS = {Role.COORDINATOR} | BROKERS  # a duty officer may submit for the case co-ordinator (DER-17)
OVERSEERS = {Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE, Role.ASSISTANT_DIRECTOR}
CASE_READERS = BROKERS | OVERSEERS | {Role.AUDITOR}
PANEL = OVERSEERS | {Role.PANEL_MEMBER, Role.PANEL_CHAIR}

SIGNING_IN = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "choose_password": PUBLIC,
    "mfa_authenticate": PUBLIC,
    "account_reauthenticate": ANYONE_SIGNED_IN,
    "account_change_password": ANYONE_SIGNED_IN,
    "mfa_reauthenticate": ANYONE_SIGNED_IN,
    "mfa_index": ANYONE_SIGNED_IN,
    "mfa_activate_totp": ANYONE_SIGNED_IN,
    "mfa_deactivate_totp": ANYONE_SIGNED_IN,
    "mfa_view_recovery_codes": ANYONE_SIGNED_IN,
    "mfa_generate_recovery_codes": ANYONE_SIGNED_IN,
    "mfa_download_recovery_codes": ANYONE_SIGNED_IN,
}

ACCOUNTS = {
    "accounts": ADMINISTRATOR,
    "invite_account": ADMINISTRATOR,
    "account": ADMINISTRATOR,
    "invite_account_again": ADMINISTRATOR,
    "change_account_roles": ADMINISTRATOR,
    "correct_account": ADMINISTRATOR,
    "end_account": ADMINISTRATOR,
    "bring_back_account": ADMINISTRATOR,
    "forget_second_factor": ADMINISTRATOR,
    "closed_days": ADMINISTRATOR,
    "add_closure": ADMINISTRATOR,
    "close_on": ADMINISTRATOR,
    "open_again": ADMINISTRATOR,
    "absences": ANYONE_SIGNED_IN,
    "add_absence": ANYONE_SIGNED_IN,
    "end_absence": ANYONE_SIGNED_IN,
}

LETTERS = {
    "letters": {Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.ADMINISTRATOR},
    "letters_waiting": {Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.ADMINISTRATOR},
    "letters_sent": {Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.ADMINISTRATOR},
    "letters_not_sent": {Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.ADMINISTRATOR},
    "send_letter_again": {Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.ADMINISTRATOR},
}

FILES = {
    "stored_file": ANYONE_SIGNED_IN,  # whoever may not see the case is told there is none
    "fetch_file": PUBLIC,  # on the files' own host, by an address made for one person a moment ago
}

RINGING_ROUND = {
    "ringround_open": BROKERS,
    "ringround_desk": CASE_READERS,
    "ringround_live": CASE_READERS,
    "ringround_next": BROKERS,
    "ringround_out_of_turn": BROKERS,
    "ringround_found": BROKERS,
    "ringround_nobody": BROKERS,
    "ringround_stop": BROKERS,
    "call_can_help": BROKERS,
    "call_cannot": BROKERS,
    "call_no_answer": BROKERS,
    "call_ring_back": BROKERS,
    "call_wrong_number": BROKERS,
    "call_give_back": BROKERS,
    "call_keep": BROKERS,
    "call_take_over": BROKERS,
    "call_correct": BROKERS,
    "call_no_answer_after_all": BROKERS,
    "call_wrong_number_after_all": BROKERS,
    "hand_over": CASE_READERS,
    "hand_over_pdf": CASE_READERS,
}

ON_CALL = {
    "rota": BROKERS | OVERSEERS | ADMINISTRATOR,
    "shift_put_on": {Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.ADMINISTRATOR},
    "shift_change": {Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.ADMINISTRATOR},
    "shift_take_off": {Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.ADMINISTRATOR},
    "rota_copy": {Role.DUTY_BROKER, Role.TEAM_MANAGER, Role.ADMINISTRATOR},
    "alarm": ANYONE_SIGNED_IN,  # whoever was paged, and the team: to others there is none
    "alarm_acknowledge": ANYONE_SIGNED_IN,
    "oncall_page": PUBLIC,
}

CASES = {
    "home": ANYONE_SIGNED_IN,
    "nothing_yet": ANYONE_SIGNED_IN,
    "queue": CASE_READERS,
    "queue_live": CASE_READERS,
    "take_cases": BROKERS,
    "give_cases": {Role.DUTY_BROKER, Role.TEAM_MANAGER},
    "choose_broker": {Role.DUTY_BROKER, Role.TEAM_MANAGER},
    "saved_views": CASE_READERS,
    "save_view": CASE_READERS,
    "change_view": CASE_READERS,
    "delete_view": CASE_READERS,
    "start_with_view": CASE_READERS,
    "start_as_usual": CASE_READERS,
    "search": CASE_READERS | {Role.COORDINATOR},
    "casefile": CASE_READERS,
    "case_needs": CASE_READERS,
    "case_history": CASE_READERS,
    "case_openings": CASE_READERS,
    "restrict_case": REFERRERS | {Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE},
    "still_here": CASE_READERS | {Role.COORDINATOR},
    "openings": {Role.AUDITOR, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE},
    "restricted_cases": {Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE},
    "name_reader": {Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE},
    "lift_restriction": {Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE},
    "take_off_reader": {Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE},
    "answer_referrer": BROKERS,
    "change_urgency": REFERRERS | {Role.TEAM_MANAGER},
    "withdraw_case": REFERRERS | {Role.TEAM_MANAGER},
    "start_work": BROKERS,
    "pause_clock": BROKERS,
    "go_on": BROKERS,
    "assign": {Role.DUTY_BROKER, Role.TEAM_MANAGER},
    "add_note": BROKERS | OVERSEERS,
    "record_paper": BROKERS,
    "ask_for_papers": BROKERS,
    "remind_of_papers": BROKERS,
    "stop_waiting_for_papers": BROKERS | OVERSEERS,  # who may waive a paper, the pathway says
    "paper_with_provider": BROKERS,
}

REFERRALS = {
    "my_referrals": REFERRERS,
    "new_referral": REFERRERS,
    "referral_tasks": REFERRERS,
    "referral_person": REFERRERS,
    "referral_contact": REFERRERS,
    "referral_decisions": REFERRERS,
    "referral_needs": REFERRERS,
    "referral_outcomes": REFERRERS,
    "referral_preferences": REFERRERS,
    "referral_timetable": REFERRERS,
    "referral_questions": REFERRERS,
    "referral_also_for": REFERRERS,
    "remove_child": REFERRERS,
    "referral_approval": REFERRERS,
    "referral_play_scheme": REFERRERS,
    "referral_play_days": REFERRERS,
    "play_schemes": ADMINISTRATOR | {Role.TEAM_MANAGER},
    "set_play_scheme": ADMINISTRATOR | {Role.TEAM_MANAGER},
    "play_annex": REFERRERS | CASE_READERS,
    "play_annex_paper": REFERRERS | CASE_READERS,
    "referral_papers": REFERRERS,
    "referral_when": REFERRERS,
    "submit_referral": REFERRERS,
    "discard_referral": REFERRERS,
    "phone_in": REFERRERS,
    "referral_paperwork": REFERRERS,
    "finish_paperwork": REFERRERS,
    "copy_referral": REFERRERS,
    "refer_on": REFERRERS,
    "confirm_copied": REFERRERS,
    "alike_to_draft": REFERRERS,
    "compare_draft": REFERRERS,
    "write_to_broker": REFERRERS,
    "alike_to_case": BROKERS,
    "compare_cases": BROKERS,
}

CALLS = {
    "contact": PUBLIC,
    "contact_received": PUBLIC,
    "calls": CASE_READERS,
    "call": CASE_READERS,
    "take_call": BROKERS,
    "put_call_back": BROKERS,
    "log_attempt": BROKERS,
    "answer_call": BROKERS,
    "refer_from_call": BROKERS,
    "take_down_call": REFERRERS,
}

PROVIDERS = {
    "directory_list": BROKERS | {Role.TEAM_MANAGER, Role.COMMISSIONER, Role.AUDITOR},
    "directory_service": BROKERS | {Role.TEAM_MANAGER, Role.COMMISSIONER, Role.AUDITOR},
    "directory_mailboxes": BROKERS | {Role.TEAM_MANAGER},
    "directory_suspend": BROKERS | {Role.TEAM_MANAGER},
    "directory_lift": BROKERS | {Role.TEAM_MANAGER},
}

ENQUIRIES = {
    "enquiry_begin": BROKERS,
    "enquiry_detail": CASE_READERS,
    "enquiry_write": BROKERS,
    "enquiry_clear": BROKERS,
    "enquiry_unclear": BROKERS,
    "enquiry_leave_out": BROKERS,
    "enquiry_put_back": BROKERS,
    "enquiry_release": BROKERS | {Role.TEAM_MANAGER},
    "enquiry_send": BROKERS,
    "enquiry_close": BROKERS,
    "enquiry_withdraw": BROKERS,
}

REPLIES = {
    "reply_page": PUBLIC,
    "reply_page_as_pasted": PUBLIC,
    "reply_answer": PUBLIC,
    "reply_code": PUBLIC,
    "reply_code_again": PUBLIC,
    "reply_not_us": PUBLIC,
    "reply_taken_back": PUBLIC,
}

OFFERS = {
    "offers": CASE_READERS,
    "present_options": BROKERS,
    "record_choice": BROKERS,
    "negotiate": BROKERS,
}

PANELS = {
    "panel_agenda": PANEL | {Role.AUDITOR},
    "panel_submission": PANEL | BROKERS | {Role.AUDITOR},
    "ask_to_search": BROKERS,
    "ask_to_pay": BROKERS,
}

PLACEMENTS = {
    "arrange": BROKERS,
    "placement_detail": CASE_READERS,
}

AGREEMENTS = {
    "unsigned_services": CASE_READERS,
    "contract_issue": BROKERS,
    "contract_detail": CASE_READERS | {Role.COORDINATOR},
    "contract_sign": BROKERS | {Role.TEAM_MANAGER},
    "contract_withdraw": BROKERS | {Role.TEAM_MANAGER},
    "contract_send_again": BROKERS | {Role.TEAM_MANAGER},
    "contract_file": CASE_READERS | {Role.COORDINATOR},
    "contract_signed_file": CASE_READERS | {Role.COORDINATOR},
    "sign_agreement": PUBLIC,
    "sign_agreement_as_pasted": PUBLIC,
    "sign_agreement_code": PUBLIC,
    "sign_agreement_code_again": PUBLIC,
    "sign_agreement_decline": PUBLIC,
    "sign_agreement_file": PUBLIC,
    "sign_agreement_signed_file": PUBLIC,
}

SERVICE = {
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "metrics": PUBLIC,
    "status": {Role.ADMINISTRATOR, Role.TEAM_MANAGER},
    "robots": PUBLIC,
    "theme": PUBLIC,
}

ADMINISTRATION = {
    "administration": ADMINISTRATOR,
    "council_settings": ADMINISTRATOR,
    "change_council_identity": ADMINISTRATOR,
    "change_council_hours": ADMINISTRATOR,
    "change_council_safeguards": ADMINISTRATOR,
    "teams": ADMINISTRATOR,
    "add_team": ADMINISTRATOR,
    "team": ADMINISTRATOR,
    "change_team": ADMINISTRATOR,
    "close_team": ADMINISTRATOR,
    "open_team_again": ADMINISTRATOR,
    "profiles": ADMINISTRATOR,
    "take_profile": ADMINISTRATOR,
    "signposts": ADMINISTRATOR | CASE_READERS | {Role.COORDINATOR},
    "add_signpost": ADMINISTRATOR,
    "change_signpost": ADMINISTRATOR,
    "turn_signpost": ADMINISTRATOR,
    "tell_of_help": BROKERS,
}

READS_PATHWAYS = ADMINISTRATOR | CASE_READERS | {Role.COORDINATOR}
PATHWAYS = {
    "pathways": READS_PATHWAYS,
    "pathway": READS_PATHWAYS,
    "pathway_versions": READS_PATHWAYS,
    "pathway_version": READS_PATHWAYS,
    "bring_back_pathway": ADMINISTRATOR,
    "change_pathway": ADMINISTRATOR,
    "new_pathway": ADMINISTRATOR,
    "withdraw_pathway": ADMINISTRATOR,
    "pathway_draft": ADMINISTRATOR,
    "pathway_draft_offered": ADMINISTRATOR,
    "pathway_draft_asked": ADMINISTRATOR,
    "pathway_draft_hint": ADMINISTRATOR,
    "pathway_draft_add_page": ADMINISTRATOR,
    "pathway_draft_page": ADMINISTRATOR,
    "pathway_draft_add_question": ADMINISTRATOR,
    "pathway_draft_remove_page": ADMINISTRATOR,
    "pathway_draft_move_page": ADMINISTRATOR,
    "pathway_draft_question": ADMINISTRATOR,
    "pathway_draft_remove_question": ADMINISTRATOR,
    "pathway_draft_move_question": ADMINISTRATOR,
    "pathway_draft_papers": ADMINISTRATOR,
    "pathway_draft_agreements": ADMINISTRATOR,
    "pathway_draft_add_waiver": ADMINISTRATOR,
    "pathway_draft_remove_waiver": ADMINISTRATOR,
    "pathway_draft_clocks": ADMINISTRATOR,
    "pathway_draft_rounds": ADMINISTRATOR,
    "pathway_draft_sheet": ADMINISTRATOR,
    "pathway_draft_guidance": ADMINISTRATOR,
    "publish_pathway": ADMINISTRATOR,
    "discard_pathway_draft": ADMINISTRATOR,
}

DOORS = (
    SIGNING_IN
    | ADMINISTRATION
    | PATHWAYS
    | ACCOUNTS
    | LETTERS
    | ON_CALL
    | RINGING_ROUND
    | FILES
    | CASES
    | REFERRALS
    | CALLS
    | PROVIDERS
    | ENQUIRIES
    | REPLIES
    | OFFERS
    | PANELS
    | PLACEMENTS
    | AGREEMENTS
    | SERVICE
)
