"""A group for each role of the county, with the right to enter the staff site and no other."""

from django.db import migrations

ROLES = (
    "政务公开办工作人员",
    "分管领导",
    "审核人",
    "部门信息员",
    "乡镇信息员",
    "窗口工作人员",
    "依申请公开经办人",
    "热线工单经办人",
    "第三方评估人员",
    "系统管理员",
    "审计管理员",
)


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    entry = Permission.objects.get(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for name in ROLES:
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(entry)


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0002_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        # These two give every group of the staff site the right to choose any image and
        # document; they come first, so that our groups do not get it.
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
    ]

    # Groups stay on the way back: people may be in them.
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
