package mqworkbook.workbench.run;

import java.io.Serializable;

/** What a judge process can be asked for. */
sealed interface JudgeRequest extends Serializable permits BrokersRequest, RunRequest, WarmUp {}
