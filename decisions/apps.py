from django.apps import AppConfig
from django.core import checks


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = "Decisions"

    def ready(self) -> None:
        from decisions.check_record.keys import check_published_keys
        from decisions.demo.checks import check_no_demo_people
        from decisions.doubts import standing
        from decisions.findings import standing as findings
        from decisions.kept_pdf.organisation_seal import check_seal
        from decisions.needs_you import sources
        from decisions.review import standing as reviews
        from decisions.telling import listing
        from infoshare.navigation import waiting

        waiting["decisions:doubts"] = standing.waiting
        waiting["decisions:needs-you"] = sources.waiting
        waiting["decisions:messages"] = listing.waiting
        waiting["decisions:reviews"] = reviews.waiting
        waiting["decisions:findings"] = findings.waiting
        checks.register(check_no_demo_people, checks.Tags.database)
        # Of what only servers and workers may read: whoever migrates is another account.
        checks.register(check_published_keys, "decisions", deploy=True)
        checks.register(check_seal, "decisions", deploy=True)
