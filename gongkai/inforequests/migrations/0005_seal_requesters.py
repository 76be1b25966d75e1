"""Seal who asks, batch by batch; backwards, open the seals into the clear columns again.

What is in clear leaves free pages and old backups behind: see docs/handbook/privacy.md.
"""

import json

from django.db import migrations, transaction

from gongkai.adapters.cipher import keyring
from gongkai.inforequests.rules.requesters import RequesterDetails, masked_name, searchable
from gongkai.statute.requesters import RequesterKind

_FIELDS = (
    'name',
    'identity_kind',
    'identity_number',
    'contact_person',
    'phone',
    'email',
    'address',
    'postcode',
)
_INDEXES = ('name_index', 'identity_index', 'phone_index', 'email_index')
_BATCH = 500


def seal(apps, schema_editor):
    """Seal every requester that is not sealed yet."""
    requesters = apps.get_model('inforequests', 'Requester').objects.select_related('info_request')
    ring = keyring()
    while rows := list(requesters.filter(key_id='', erased=False).order_by('pk')[:_BATCH]):
        for row in rows:
            told = {name: getattr(row, name) for name in _FIELDS if getattr(row, name)}
            row.sealed = ring.seal(json.dumps(told, ensure_ascii=False).encode(), _aad(row))
            row.masked_name = masked_name(row.name, RequesterKind(row.info_request.requester_kind))
            for name, value in searchable(RequesterDetails(**told)).items():
                setattr(row, f'{name}_index', ring.blind_index(value, f'requester.{name}'))
            row.key_id = f'{ring.current}/{ring.algorithm.label}'
        with transaction.atomic():
            requesters.bulk_update(rows, ['sealed', 'masked_name', 'key_id', *_INDEXES])


def unseal(apps, schema_editor):
    """Write every sealed requester in clear again; who has been erased stays erased."""
    requesters = apps.get_model('inforequests', 'Requester').objects
    ring = keyring()
    requesters.filter(erased=True).update(name='（已清除）')
    while rows := list(requesters.exclude(key_id='').order_by('pk')[:_BATCH]):
        for row in rows:
            told = json.loads(ring.open(row.sealed, _aad(row)))
            for name in _FIELDS:
                setattr(row, name, told.get(name, ''))
            row.key_id = ''
        with transaction.atomic():
            requesters.bulk_update(rows, ['key_id', *_FIELDS])


def _aad(row):
    return f'inforequests.Requester.sealed:{row.pk}'


class Migration(migrations.Migration):

    # A county's years of requesters: each batch stands by itself, and a run cut short goes on.
    atomic = False

    dependencies = [
        ('inforequests', '0004_requester_under_seal'),
    ]

    operations = [
        migrations.RunPython(seal, unseal),
    ]
