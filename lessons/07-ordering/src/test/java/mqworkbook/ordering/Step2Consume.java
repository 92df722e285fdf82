package mqworkbook.ordering;

abstract class Step2Consume {}
