package mqworkbook.workbench.run;

import java.io.File;

/** Asks the process to load what a run will need, for as long as nothing else is asked for. */
record WarmUp(File classes) implements JudgeRequest {}
