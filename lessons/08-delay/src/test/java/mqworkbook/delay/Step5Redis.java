package mqworkbook.delay;

abstract class Step5Redis {}
