"""Rows of the chapter: accounts, posts, imports, campaigns, and entries published on accounts."""

from gongkai.newmedia.models.accounts import Account, AccountStep, MonthFigures
from gongkai.newmedia.models.campaigns import Campaign, CampaignItem
from gongkai.newmedia.models.posts import Post, PostImport
from gongkai.newmedia.models.publishing import Publication, PublicationStep

__all__ = [
    "Account",
    "AccountStep",
    "Campaign",
    "CampaignItem",
    "MonthFigures",
    "Post",
    "PostImport",
    "Publication",
    "PublicationStep",
]
