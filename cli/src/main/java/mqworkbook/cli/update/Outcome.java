package mqworkbook.cli.update;

import java.util.Optional;

/**
 * What becomes of one of the learner's files.
 *
 * @param path below the root
 * @param kind how the two versions come together
 * @param result what lies there afterwards; empty for nothing
 */
record Outcome(String path, Kind kind, Optional<GitTree.Entry> result) {

    /** How a learner's file and the newer workbook come together. */
    enum Kind {
        /** The learner has not touched it: it is the newer one. */
        NEWER("newer"),
        /** The workbook has not changed it, or both have done the same: it is the learner's. */
        KEPT("yours"),
        /** Both have changed it, at different places. */
        MERGED("merged"),
        /** Both have changed it at the same places: it is the learner's, and the newer one is laid beside. */
        CONFLICT("conflict"),
        /** The newer workbook has it no longer, and the learner has changed it: it stays. */
        GONE("yours");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
