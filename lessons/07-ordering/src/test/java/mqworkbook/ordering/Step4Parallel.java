package mqworkbook.ordering;

abstract class Step4Parallel {}
