"""A record built in Python: plain lists, whole numbers and dates, checked by mypy and pyright, completed by editors."""

import datetime

import kepu_docs
from kepu_docs import WorkSummary
from kepu_docs.schema import Community, Count
from kepu_docs.sections import Activities, Activity, Training, TrainingSession

summary = WorkSummary(
    community=Community(name="试验社区", district="示例区", residents=8600),
    period=2025,
    opening="今年，社区围绕居民需要开展科普工作。",
    sections=[
        Training(
            sessions=[
                TrainingSession(topic="应急救护", held_on=datetime.date(2025, 4, 12), attendance=60),
                TrainingSession(topic="智能手机使用", attendance="40余"),
            ]
        ),
        Activities(activities=[Activity(name="科普讲座", times=4, attendance=320)]),
    ],
    signed_by="试验社区居民委员会",
    signed_on=datetime.date(2025, 12, 20),
)


def attendances(summary: WorkSummary) -> list[Count]:
    """Return the attendance of each training session for which it is known."""
    sessions = [each for section in summary.sections if isinstance(section, Training) for each in section.sessions]
    return [session.attendance for session in sessions if session.attendance is not None]


if __name__ == "__main__":
    print([count.value for count in attendances(summary)], summary.period.start)
    document = kepu_docs.compose(summary)
    for format_name in ("docx", "html", "md", "txt"):
        print(format_name, len(document.render(format_name)) > 0)
