"""What long commands show."""

import io

from community.core.progress import Report, bar, track


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_gets_no_bar_and_a_terminal_gets_one():
    log, terminal = io.StringIO(), Terminal()
    for stream in (log, terminal):
        assert list(track([1, 2, 3], "Étapes", total=3, stream=stream)) == [1, 2, 3]
    assert log.getvalue().strip() == ""
    assert "Étapes" in terminal.getvalue()
    assert "3/3" in terminal.getvalue()


def test_a_bar_can_be_moved_by_steps():
    terminal = Terminal()
    with bar("Octets", total=10, stream=terminal) as shown:
        shown.advance(4)
        shown.advance(6)
    assert "10/10" in terminal.getvalue()


def test_a_report_says_what_was_done_then_what_was_left_out():
    report = Report()
    report.did("questions, ajouts", 1200)
    report.did("réponses, ajouts", 0)
    report.skip("votes négatifs", 2)
    report.skip("votes négatifs")
    report.skip("liens", 0)
    assert list(report.lines()) == [
        "  questions, ajouts : 1\u202f200",
        "Laissé de côté :",
        "  votes négatifs : 3",
    ]
