// Loaded into a server that a journey has started: its clock runs on by so many milliseconds when it is told to. Only the time of day moves; timers keep
// their own, so that nothing waits longer for it.
const RealDate = globalThis.Date;
let ahead = 0;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...given);
  }

  static now() {
    return RealDate.now() + ahead;
  }
};

process.on('message', ({ milliseconds }) => {
  ahead += milliseconds;
  process.send({ ahead });
});
// Being told must not keep a server alive that was asked to stop.
process.channel?.unref();
