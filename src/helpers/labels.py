"""The codes of the contract → their Chinese labels, as reports show them and as people may write them.

Apart from wording.py, for corrections are read long before anything is worded.
"""

from __future__ import annotations

KIND_WORDS = {
    "growth_rate": "增长率",
    "investment": "投资额",
    "project_count": "项目数",
    "completion_rate": "完成率",
    "share": "占比",
    "rate_difference": "增速差",
    "amount": "其他金额",
    "count": "其他计数",
    "quantity": "实物量",
}
STAGE_WORDS = {
    "negotiating": "在谈",
    "signed": "签约",
    "started": "开工",
    "under_way": "在建",
    "completed": "竣工",
}
STATUS_WORDS = {"actual": "实际", "planned": "计划"}
BASIS_WORDS = {
    "yoy": "同比",
    "mom": "环比",
    "annual_average": "年均",
    "area": "与其他地区相比",
    "other": "另有口径",
    "unspecified": "口径未明",
    "plan": "占计划",
}
# 至少, not 超: the same bound is said of 35亿元以上, which may be 35亿元.
BOUND_WORDS = {"exact": "", "about": "约", "at_least": "至少", "at_most": "不超过"}
BOUND_LABELS = BOUND_WORDS | {"exact": "恰好"}  # where an exact value, too, must be called something
FORMER_BOUND_LABELS = {"超": "at_least"}  # what reports said once, and corrections written after them say
CURRENCY_WORDS = {
    "CNY": "元",
    "USD": "美元",
    "HKD": "港元",
    "TWD": "元新台币",
    "MOP": "澳门元",
    "EUR": "欧元",
    "JPY": "日元",
    "GBP": "英镑",
    "KRW": "韩元",
}
COLUMN_WORDS = {
    "kind": "类别",
    "value": "数值",
    "unit": "单位",
    "bound": "上下限",
    "indicator": "指标",
    "subject": "对象",
    "place": "地区",
    "period": "时期",
    "basis": "口径",
    "status": "实际或计划",
    "stage": "阶段",
    "reason": "理由",
    "add": "补上一行",
    "drop": "删去一行",
}
