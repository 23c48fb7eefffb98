"""Addresses of decisions: lists, drafts and their steps, records."""

from django.urls import path

from decisions.afterwards import letter_views as letters
from decisions.afterwards import views as afterwards
from decisions.check_record import views as check_record
from decisions.desk import views as desk
from decisions.documents import views as documents
from decisions.doubts import views as doubts
from decisions.evidence import views as evidence
from decisions.export import new_views as new_export
from decisions.export import views as exports
from decisions.figures import views as figures
from decisions.findings import views as findings
from decisions.full_copy import views as full_copy
from decisions.impact import views as impact
from decisions.kept_pdf import views as kept_pdf
from decisions.needs_you import views as needs_you
from decisions.path_map import views as path_map
from decisions.protocols import views as protocols
from decisions.records import views as records
from decisions.register import view_pages as register_views
from decisions.register import views as register
from decisions.replay import views as replay
from decisions.review import lists as review_lists
from decisions.review import rules_page as review_rules
from decisions.review import views as review
from decisions.telling import views as telling
from decisions.wizard import start
from decisions.wizard.advice import views as advice
from decisions.wizard.case_system import taking
from decisions.wizard.case_system import views as case_system
from decisions.wizard.closing import views as closing
from decisions.wizard.hand_over import views as hand_over
from decisions.wizard.items import views as items
from decisions.wizard.urgent import views as urgent
from decisions.wizard.view import DraftWizard

app_name = "decisions"
wizard = DraftWizard.as_view(url_name="decisions:step")

urlpatterns = [
    # Beside the pages of the edition, which this room may know and they may not know it.
    path("guidance/<slug:edition_id>/blank-form.pdf", documents.blank_form, name="blank-form"),
    path("guidance/library/pocket-guide.pdf", documents.pocket_guide, name="pocket-guide"),
    path("register/", register.register, name="register"),
    path("register/views/", register_views.save_view, name="save-view"),
    path("register/views/<uuid:view_id>/", register_views.saved_view, name="saved-view"),
    path("register/views/<uuid:view_id>/delete/", register_views.delete_view, name="delete-view"),
    path("register/file/", register_views.take, name="take-view"),
    path("check/", check_record.check_record, name="check-record"),
    path("check/infoshare_verify.py", check_record.program, name="verifier-file"),
    path("decisions/start/", start.start, name="start"),
    path("drafts/", hand_over.team_drafts, name="team-drafts"),
    path("drafts/<uuid:draft_id>/discard/", closing.discard_draft, name="discard"),
    path("drafts/<uuid:draft_id>/bring-back/", closing.bring_draft_back, name="bring-back"),
    path("drafts/<uuid:draft_id>/hand-over/", hand_over.hand_draft_over, name="hand-over"),
    path("decisions/start/hand-in/", taking.hand_in, name="hand-in"),
    path("decisions/start/from/<slug:token>/", case_system.start_from, name="start-from"),
    path("drafts/<uuid:draft_id>/", start.resume, name="resume"),
    path("drafts/<uuid:draft_id>/waiting/", advice.waiting, name="waiting"),
    path("drafts/<uuid:draft_id>/advice/<slug:question>/", advice.advice, name="advice"),
    path("drafts/<uuid:draft_id>/advice/<slug:question>/note/", advice.note, name="advice-note"),
    path("doubts/", doubts.doubts, name="doubts"),
    path("doubts/<uuid:record_id>/<slug:question>/", doubts.settle, name="doubt"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<slug:measure>.svg", figures.drawing, name="figure-drawing"),
    path("figures/<slug:measure>.csv", figures.sheet, name="figure-sheet"),
    path("needs-you/", needs_you.needs_you, name="needs-you"),
    path("records/<uuid:record_id>/looked/", needs_you.looked, name="looked"),
    path("messages/", telling.told, name="messages"),
    path("messages/read/", telling.read, name="messages-read"),
    path("messages/settings/", telling.settings, name="message-settings"),
    path("messages/stop/<str:token>/", telling.stop_mail, name="stop-mail"),
    path("impact/", impact.impact, name="impact"),
    path("audit/", desk.desk, name="desk"),
    path("audit/roles/", desk.roles, name="desk-roles"),
    path("audit/settings/", desk.settings, name="desk-settings"),
    path("audit/editions/", desk.editions, name="desk-editions"),
    path("audit/lists/", desk.lists, name="desk-lists"),
    path("audit/exports/", desk.exports, name="desk-exports"),
    path("audit/reads/", desk.reads, name="desk-reads"),
    path("audit/reads/<uuid:record_id>/", desk.record_reads, name="desk-record-reads"),
    path("audit/taken/", desk.taken, name="desk-taken"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<uuid:finding_id>/", findings.finding, name="finding"),
    path("findings/raise/<uuid:organisation_id>/", findings.against_process, name="raise-process"),
    path("records/<uuid:record_id>/finding/", findings.against_record, name="raise-record"),
    path("exports/", exports.exports, name="exports"),
    path("exports/new/", new_export.new, name="export-new"),
    path("exports/<uuid:export_id>/", exports.export, name="export"),
    path("exports/<uuid:export_id>/begin/", exports.begin, name="export-begin"),
    path("exports/<uuid:export_id>/cancel/", exports.cancel, name="export-cancel"),
    path("exports/<uuid:export_id>/again/", exports.again, name="export-again"),
    path("exports/<uuid:export_id>/file/", exports.file, name="export-file"),
    path("replay/", replay.replays, name="replays"),
    path("replay/<uuid:run_id>/", replay.replay, name="replay"),
    path("protocols/suggestions/", protocols.suggested, name="protocol-suggestions"),
    path("protocols/suggestions/<slug:key>/", protocols.put_aside, name="put-aside"),
    path("drafts/<uuid:draft_id>/act-first/", urgent.act_first, name="act-first"),
    path("drafts/<uuid:draft_id>/map/", path_map.draft_map, name="draft-map"),
    path("drafts/<uuid:draft_id>/items/", items.items, name="items"),
    path("drafts/<uuid:draft_id>/<slug:step>/", wizard, name="step"),
    path("records/<uuid:record_id>/", records.show, name="record"),
    path("records/<uuid:record_id>/record.pdf", kept_pdf.pdf, name="record-pdf"),
    path("records/<uuid:record_id>/pdf/", kept_pdf.wait, name="record-pdf-wait"),
    path("records/<uuid:record_id>/proof.json", evidence.proof, name="record-proof"),
    path("records/<uuid:record_id>/full-copy/", full_copy.full_copy, name="full-copy"),
    path("records/<uuid:record_id>/together.pdf", kept_pdf.together_pdf, name="together-pdf"),
    path("records/<uuid:record_id>/together/", kept_pdf.together_wait, name="together-pdf-wait"),
    path("records/<uuid:record_id>/map/", path_map.record_map, name="record-map"),
    path("records/<uuid:record_id>/follow-up/", urgent.follow_up, name="follow-up"),
    path("records/<uuid:record_id>/afterwards.pdf", kept_pdf.afterwards_pdf, name="afterwards-pdf"),
    path(
        "records/<uuid:record_id>/afterwards/", kept_pdf.afterwards_wait, name="afterwards-pdf-wait"
    ),
    path("records/<uuid:record_id>/add/<slug:kind>/", afterwards.add, name="add"),
    path("records/<uuid:record_id>/review/", review.review_record, name="review"),
    path("records/<uuid:record_id>/answer/", review.answer, name="review-answer"),
    path("reviews/", review_lists.reviews, name="reviews"),
    path("reviews/<uuid:record_id>/advise/", review_lists.advise_on, name="review-advise"),
    path("reviews/sample/<uuid:team_id>/", review_lists.draw_sample, name="review-sample"),
    path("organisation/reviews/", review_rules.rules_page, name="review-rules"),
    path("records/<uuid:record_id>/letter/", letters.letter, name="letter"),
    path(
        "records/<uuid:record_id>/letters/<int:event_id>/letter.pdf",
        letters.letter_pdf,
        name="letter-pdf",
    ),
]
