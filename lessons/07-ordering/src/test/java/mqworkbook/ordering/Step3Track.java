package mqworkbook.ordering;

abstract class Step3Track {}
