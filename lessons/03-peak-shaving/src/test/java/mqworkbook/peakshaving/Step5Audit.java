package mqworkbook.peakshaving;

import mqworkbook.workbench.fixture.Fixtures;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step5Audit {}
