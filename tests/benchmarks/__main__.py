"""`python -m tests.benchmarks [--quick] [--only NAME …]`: measure every contestant and print one report."""

import argparse
import gc
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import (
    capacity,
    contestants,
    dataset,
    measure_companies,
    measure_company_pipeline,
    measure_company_search,
    measure_events,
    measure_ledger,
    measure_market,
    measure_moods,
    measure_performance,
    measure_quant,
    measure_requests,
    measure_risk,
    report,
)
from tests.benchmarks.contestants import Key
from tests.benchmarks.measure_events import EventPlan
from tests.benchmarks.measure_requests import RequestPlan
from tests.benchmarks.processes import ContestantFailed, Cores, pin

INTERRUPTED = 130
FULL = RequestPlan(rounds=4, seconds=1.0, warm_seconds=1.5), EventPlan(rounds=2, step_seconds=1.5, latency_seconds=3.0)
# How many transactions the portfolios of the ledger's measures have.
FULL_LEDGERS, QUICK_LEDGERS = (measure_ledger.SMALL, measure_ledger.LARGE), (1_000, 10_000)
QUICK = RequestPlan(rounds=1, seconds=0.5, warm_seconds=0.5), EventPlan(rounds=1, step_seconds=0.6, latency_seconds=1.0)


def main() -> int:
    """Run the benchmark; return 1 when Foliograph itself could not be measured."""
    options = _options()
    # Ended by a signal, the servers are ended too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _allow_many_sockets()
    gc.disable()  # a pause of the load generator would count as latency
    try:
        return _run(options)
    except KeyboardInterrupt:
        print("interrupted; the servers are ended", file=sys.stderr)
        return INTERRUPTED


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under a minute, rough figures")
    parser.add_argument("--only", nargs="+", choices=[key.name.lower() for key in Key], help="measure these alone")
    return parser.parse_args()


def _allow_many_sockets() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _run(options: argparse.Namespace) -> int:
    left_out: dict[str, str] = {}
    cores = Cores.choose()
    pin(cores.load)
    begun = time.monotonic()
    requests, events = QUICK if options.quick else FULL
    with tempfile.TemporaryDirectory() as folder:
        data_file = Path(folder) / "data.json"
        dataset.write(data_file)
        chosen = contestants.gather(data_file, left_out.setdefault)
        if options.only:
            chosen = [one for one in chosen if one.key.name.lower() in options.only]
        _tell("what the load generators can take")
        try:
            most = capacity.measure(cores, events.step_seconds)
        except (ContestantFailed, OSError) as error:
            print(f"the load generators do not work here: {error}", file=sys.stderr)
            return 1
        found = report.Findings(
            cores=cores,
            request_plan=requests,
            event_plan=events,
            capacity=most,
            requests=measure_requests.measure(chosen, requests, cores, leave_out=left_out.setdefault, tell=_tell),
            events=measure_events.measure(chosen, events, cores, leave_out=left_out.setdefault, tell=_tell),
            seconds=time.monotonic() - begun,
            left_out=left_out,
        )
    print(report.render(found))
    if not options.only:
        print(measure_ledger.report(QUICK_LEDGERS if options.quick else FULL_LEDGERS, _tell))
        print(measure_performance.report(*(QUICK_LEDGERS[-1:] if options.quick else ())))
        _tell("risk")
        print(measure_risk.report(**({"rounds": 5} if options.quick else {})))
        _tell("numbers")
        print(measure_quant.report(quick=options.quick))
        _tell("companies")
        few = (12_500,)
        print(measure_companies.report(few if options.quick else measure_companies.COUNTS))
        print(measure_company_search.report(few if options.quick else measure_company_search.COUNTS))
        print(measure_company_pipeline.report(few[:0] if options.quick else measure_company_pipeline.SIZES))
        _tell("a live feed")
        print(measure_market.report(*((5.0,) if options.quick else ())))
        _tell("providers in twelve moods")
        print(measure_moods.report(1.0 if options.quick else 4.0))
    return int(any(name.startswith(Key.FOLIOGRAPH.value) for name in left_out))


def _tell(doing: str) -> None:
    print(f"bench: {doing}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
