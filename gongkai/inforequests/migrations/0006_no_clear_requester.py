"""Drop the clear columns; backwards they come empty, for 0005 to fill."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('inforequests', '0005_seal_requesters'),
    ]

    operations = [
        migrations.RemoveField(model_name='requester', name=name)
        for name in (
            'name',
            'identity_kind',
            'identity_number',
            'contact_person',
            'phone',
            'email',
            'address',
            'postcode',
        )
    ]
