"""The reading grade tells hard from easy, and reads what a person reads of a page."""

from infoshare.reading import grade, texts_of, words_of, worst

EASY = ["The cat sat on the mat. It was a big cat."]
HARD = (
    "Notwithstanding statutory proportionality considerations, practitioners should "
    "nevertheless document information governance determinations comprehensively."
)


def test_it_can_tell_hard_from_easy() -> None:
    assert grade(EASY) < 2 < 15 < grade([HARD])


def test_short_labels_do_not_make_a_page_easier() -> None:
    assert grade([HARD, *["Your reasons"] * 50]) == grade([HARD])
    assert grade(["Yes", "No"]) == 0


def test_the_worst_sentences_come_first() -> None:
    middling = "You may share information when somebody might otherwise come to serious harm."
    assert worst([f"{middling} {HARD}", *EASY, HARD], 3) == [HARD, middling]


def test_dates_digests_and_addresses_are_no_words() -> None:
    assert words_of("Checked 22 November 2026: 204c9f5d at https://a.example or a@b.example") == [
        "Checked", "November", "at", "or",
    ]  # fmt: skip


def test_it_reads_what_a_person_reads() -> None:
    page = """<title>No</title><header>No</header><main>
      <h1>Which case?</h1><p>Give the <strong>case</strong> reference<br>here.
      <input value="no"><textarea>no</textarea><span class="typed" dir="auto">no <b>no</b></span>
      <p aria-hidden="true">no</p><script>no()</script><svg><text>no</text></svg>
      <ul><li>One</ul><label>Two</label></main><footer>No</footer>"""
    assert texts_of(page) == ["Which case?", "Give the case reference", "here.", "One", "Two"]
