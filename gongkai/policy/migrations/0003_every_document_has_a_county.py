from django.db import migrations, models
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    """Tell each document its county, for the library's index; a county's own are its own."""
    document = apps.get_model("policy", "PolicyDocument")
    organ = apps.get_model("orgs", "Organ")
    owner = organ.objects.filter(pk=models.OuterRef("organ_id"))
    county = owner.annotate(home=Coalesce("county_id", "pk")).values("home")[:1]
    document.objects.filter(county=None).update(county_id=models.Subquery(county))


class Migration(migrations.Migration):
    dependencies = [("policy", "0002_dossiers_rounds_gazettes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
