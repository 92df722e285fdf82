package mqworkbook.cli.documents;

import java.util.List;

/** Looks at one side of a page. */
interface PageCheck {

    /** What does not hold, in the page's order. */
    List<Complaint> of(Page page);
}
