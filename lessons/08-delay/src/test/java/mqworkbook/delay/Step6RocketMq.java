package mqworkbook.delay;

abstract class Step6RocketMq {}
