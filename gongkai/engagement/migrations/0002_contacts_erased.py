from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('engagement', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='errorreport',
            name='contact_erased_on',
            field=models.DateField(blank=True, null=True, verbose_name='联系方式清除日期'),
        ),
    ]
