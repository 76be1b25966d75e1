"""Rows of the chapter: accounts with their steps and months, posts, imports, campaigns."""

from gongkai.newmedia.models.accounts import Account, AccountStep, MonthFigures
from gongkai.newmedia.models.campaigns import Campaign, CampaignItem
from gongkai.newmedia.models.posts import Post, PostImport

__all__ = [
    "Account",
    "AccountStep",
    "Campaign",
    "CampaignItem",
    "MonthFigures",
    "Post",
    "PostImport",
]
