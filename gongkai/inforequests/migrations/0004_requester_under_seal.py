"""Room for the sealed requester beside the clear one; 0005 seals, 0006 drops the clear columns."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inforequests', '0003_whole_procedure'),
    ]

    operations = [
        migrations.AddField(
            model_name='requester',
            name='sealed',
            field=models.BinaryField(default=b'', verbose_name='密封的申请人信息'),
        ),
        migrations.AddField(
            model_name='requester',
            name='masked_name',
            field=models.CharField(default='', max_length=200, verbose_name='姓名或者名称（隐去）'),
            preserve_default=False,
        ),
        *[
            migrations.AddField(
                model_name='requester',
                name=name,
                field=models.CharField(blank=True, db_index=True, default='', max_length=64, verbose_name=label),
                preserve_default=False,
            )
            for name, label in (
                ('name_index', '姓名索引'),
                ('identity_index', '证件索引'),
                ('phone_index', '电话索引'),
                ('email_index', '邮箱索引'),
            )
        ],
        migrations.AddField(
            model_name='requester',
            name='key_id',
            field=models.CharField(blank=True, db_index=True, default='', max_length=60, verbose_name='密钥'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='requester',
            name='erased',
            field=models.BooleanField(default=False, verbose_name='已清除'),
        ),
        # Going back, the clear columns stand empty until 0005 has opened the seals.
        migrations.AlterField(
            model_name='requester',
            name='name',
            field=models.CharField(default='', max_length=200, verbose_name='姓名或者名称'),
        ),
    ]
