"""Agencies and their answers; the register of rejections."""

from app.web.blueprint import pages

bp = pages("statistics", __name__)
