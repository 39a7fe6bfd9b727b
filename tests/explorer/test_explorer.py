"""A partner's analyst at the explorer, in a real browser: what she does, and what she sees then."""

from playwright.sync_api import expect

from tests.analyst import Analyst

# --- search, record, canvas ---


def test_an_analyst_searches_opens_a_record_and_expands_it(she: Analyst) -> None:
    she.search("doe", "Doe, John")
    expect(she.record.get_by_role("heading", name="Doe, John")).to_be_visible()
    sorts = she.record.get_by_role("button", name="Expand:")
    assert [sort.text_content() for sort in sorts.all()] == [
        "→Expand: knows to  subject, 1",
        "←Expand: mentions from  documents, 2",
        "→Expand: subject of to  case, 1",
    ]
    she.expand("mentions")
    expect(she.status).to_contain_text("3 records, 2 links")
    expect(sorts.nth(1)).to_be_disabled()
    assert she.rows() == ["NY03-0001-001", "NY03-0001-002", "Doe, John"]
    assert sorted(she.drawn()) == sorted(she.rows())
    she.tool("Undo").click()
    assert she.rows() == ["Doe, John"]
    she.tool("Redo").click()
    assert len(she.rows()) == 3


def test_each_value_has_the_documents_that_assert_it_and_they_can_be_opened(she: Analyst) -> None:
    she.search("doe", "Doe, John")
    fields = she.record.locator("dl.fields")
    assert [" ".join(value.split()) for value in fields.locator("dd").all_inner_texts()] == [
        "Johnny asserted by NY03-0001-001",
        "1 Jan 1960 asserted by NY03-0001-001 NY03-0001-002",
        "Doe, John",
        "person",
        "SAC-NY",
    ]
    fields.get_by_role("button", name="NY03-0001-002").click()
    expect(she.record.get_by_role("heading", name="NY03-0001-002")).to_be_visible()
    assert she.rows() == ["Doe, John"]
    she.record.get_by_role("button", name="Add to the canvas").click()
    expect(she.status).to_contain_text("2 records, 1 link")


def test_what_is_found_can_be_kept_to_a_kind_and_nothing_found_is_said(she: Analyst) -> None:
    box = she.page.get_by_role("searchbox")
    box.fill("NY03-0001")
    found = she.page.locator(".found")
    expect(found).to_have_text("71 records found, 21 shown")
    she.page.get_by_role("button", name="cases").click()
    expect(found).to_have_text("1 record found")
    she.page.locator(".result").click()
    expect(she.record).to_be_visible()
    she.page.get_by_role("button", name="← Results").click()
    expect(she.page.locator(".result")).to_be_visible()
    box.fill("nobody at all")
    expect(found).to_have_text("Nothing found. Fewer or other words may find more.")


# --- hubs ---


def test_a_hub_is_expanded_by_pages_and_grouped_again(she: Analyst) -> None:
    she.search("NY03-0001")
    she.tool("Expand").click()
    expect(she.status).to_contain_text("2 records, 1 link")
    assert sorted(she.drawn()) == ["+ 70 documents", "Doe, John", "NY03-0001"]
    she.click_on("+ 70 documents")
    expect(she.status).to_contain_text("52 records, 51 links")
    assert "+ 20 documents" in she.drawn()
    she.tool("Group").click()
    expect(she.status).to_contain_text("1 record, 0 links")
    assert sorted(she.drawn()) == ["+ 1 subject", "+ 70 documents", "NY03-0001"]
    she.tool("Undo").click()
    she.tool("Collapse").click()
    assert she.rows() == ["NY03-0001"]


# --- two records ---


def test_a_path_is_found_between_two_that_are_chosen(she: Analyst) -> None:
    she.search("doe", "Doe, John")
    she.tool("Path").click()
    she.search("LA03-0007")
    expect(she.status).to_contain_text("The path has 4 links.")
    assert she.rows() == ["LA03-0007", "Acme Freight", "Doe, John", "Poe, Edgar", "Roe, Jane"]


def test_that_there_is_no_path_is_said(she: Analyst) -> None:
    she.search("doe", "Doe, John")
    she.search("ABC-123", "vehicle")
    she.choose("Doe, John")
    she.tool("Path").click()
    expect(she.status).to_contain_text("There is no path between these two.")


def test_the_neighbours_that_two_have_in_common_are_found(she: Analyst) -> None:
    she.search("doe", "Doe, John")
    she.search("roe", "Roe, Jane")
    she.choose("Doe, John")
    she.tool("Common").click()
    expect(she.status).to_contain_text("1 record linked to both.")
    assert she.rows() == ["NY03-0001-002", "Doe, John", "Roe, Jane"]


# --- what is shown ---


def test_kinds_links_and_time_are_filtered_without_being_taken_off(she: Analyst) -> None:
    she.search("doe", "Doe, John")
    she.tool("Expand").click()
    expect(she.status).to_contain_text("5 records, 4 links")
    she.tool("Filter").click()
    panel = she.page.get_by_role("region", name="Filter")
    panel.get_by_label("documents").uncheck()
    assert she.rows() == ["NY03-0001", "Doe, John", "Roe, Jane"]
    panel.get_by_label("knows").uncheck()
    expect(she.status).to_contain_text("3 records, 1 link shown of 5 records")
    panel.get_by_role("button", name="Show all").click()
    panel.get_by_label("until").fill("2003-02-01")
    panel.get_by_label("without a date").uncheck()
    assert she.rows() == ["NY03-0001-001"]
    panel.get_by_role("button", name="Show all").click()
    assert len(she.rows()) == 5


def test_the_timeline_keeps_to_a_time(she: Analyst) -> None:
    she.search("doe", "Doe, John")
    she.tool("Expand").click()
    until = she.page.get_by_label("Until", exact=True)
    assert until.get_attribute("aria-valuetext") == "2003-04"
    until.press("ArrowLeft")
    assert she.rows() == ["NY03-0001-001", "NY03-0001-002", "Doe, John", "Roe, Jane"]


def test_the_canvas_is_clicked_and_walked_by_arrows(she: Analyst) -> None:
    she.search("doe", "Doe, John")
    she.expand("knows")
    canvas = she.page.locator(".canvas")
    canvas.focus()
    places = she.drawn()
    east, south = (places["Roe, Jane"][at] - places["Doe, John"][at] for at in ("x", "y"))
    level, upright = ("Right" if east > 0 else "Left"), ("Down" if south > 0 else "Up")
    canvas.press(f"Arrow{level if abs(east) > abs(south) else upright}")
    expect(she.record.get_by_role("heading", name="Roe, Jane")).to_be_visible()
    she.click_on("Doe, John")
    expect(she.record.get_by_role("heading", name="Doe, John")).to_be_visible()
    she.click_on("Roe, Jane", modifiers=["Shift"])
    expect(she.tool("Common")).to_be_enabled()
    she.click_on("Roe, Jane", modifiers=["Shift"])
    she.click_on("Doe, John", click_count=2)
    expect(she.status).to_contain_text("5 records, 4 links")


def test_what_is_pinned_stays_where_it_is_when_all_else_is_laid_out_anew(she: Analyst) -> None:
    script = "() => document.querySelector('.canvas')._cyreg.cy.$('.pinned').map((node) => node.position())"
    she.search("doe", "Doe, John")
    she.tool("Expand").click()
    she.tool("Pin").click()
    before = she.page.evaluate(script)
    she.tool("Layout").click()
    after = she.page.evaluate(script)
    assert [{at: round(place[at], 3) for at in place} for place in after] == [
        {at: round(place[at], 3) for at in place} for place in before
    ]
    assert len(after) == 1


# --- by keyboard alone ---


def test_everything_can_be_done_by_keyboard(she: Analyst) -> None:
    keys = she.page.keyboard
    keys.press("/")
    keys.type("doe")
    expect(she.page.locator(".result")).to_have_count(1)
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(she.record.get_by_role("heading", name="Doe, John")).to_be_visible()
    keys.press("e")
    expect(she.status).to_contain_text("5 records, 4 links")
    keys.press("Control+z")
    expect(she.status).to_contain_text("1 record, 0 links")
    keys.press("Control+y")
    keys.press("t")
    expect(she.page.locator("tbody tr")).to_have_count(5)
    keys.press("i")
    expect(she.page.get_by_role("region", name="Filter")).to_be_visible()
    keys.press("i")
    for _ in range(80):  # from the search box, or from the top of the page, to the table, as Tab leads
        if she.page.evaluate("document.activeElement.matches('tbody input')"):
            break
        keys.press("Tab")
    expect(she.page.locator("tbody input:focus")).to_have_count(1)
    keys.press("Space")
    keys.press("p")
    expect(she.status).to_contain_text("The path has 1 link.")
    keys.press("Escape")
    expect(she.tool("Hide")).to_be_disabled()
    keys.press("?")
    expect(she.page.get_by_role("dialog", name="Keys")).to_be_visible()
    keys.press("Escape")
    expect(she.page.get_by_role("dialog")).to_have_count(0)
