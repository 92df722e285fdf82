package mqworkbook.delay;

abstract class Step7Database {}
