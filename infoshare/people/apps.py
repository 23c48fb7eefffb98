from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "infoshare.people"
    label = "people"
    verbose_name = "People and organisations"
