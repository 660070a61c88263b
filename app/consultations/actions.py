"""The verbs on a draft act."""

from enum import StrEnum


class Action(StrEnum):
    # of the developing body
    SEE_FILE = "see_file"
    EDIT = "edit"
    ANNOUNCE = "announce"
    STATE_EXEMPTION = "state_exemption"
    PREPARE_VERSION = "prepare_version"
    PUBLISH_VERSION = "publish_version"
    SETTLE_ANCHORS = "settle_anchors"
    PROLONG = "prolong"
    BEGIN_REVIEW = "begin_review"
    PREPARE_REPORT = "prepare_report"
    PUBLISH_REPORT = "publish_report"
    ADOPT = "adopt"
    WITHDRAW = "withdraw"
    DISCARD = "discard"
    # of the clock
    OPEN = "open"
    CLOSE = "close"
    # of everybody
    LIKE = "like"
    FOLLOW = "follow"
