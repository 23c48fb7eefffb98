from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "infoshare.ledger"
    label = "ledger"
    verbose_name = "Ledger"
