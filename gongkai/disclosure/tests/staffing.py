"""People with posts, signed in, for the tests of the staff screens."""

from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.orgs.models import Organ, Post, Role

HOME = "/staff/"


def person(account: str, *posts: tuple[Organ, Role]) -> User:
    """Return a user of the staff side with these posts."""
    user = User.objects.create_user(account, password="x", name=account)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for organ, role in posts:
        Post.objects.create(user=user, organ=organ, role=role, valid_from=date(2015, 1, 1))
    return user


def client_of(user: User) -> Client:
    """Return a browser in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def signed_in(account: str, organ: Organ, role: Role) -> Client:
    """Return a browser of a new person with one post."""
    return client_of(person(account, (organ, role)))


def at(name: str, *args: Any) -> str:
    """Return an address of the chapter."""
    return reverse(f"disclosure:{name}", args=args)


def text(answer: Any) -> str:
    """Return what a page says."""
    return str(answer.content.decode())
