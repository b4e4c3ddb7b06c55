# Serves settbench: requests and answers are JSON, one a line. Times are of the store's own work, its rows read to the last.
import json, sys, time
from pyoxigraph import RdfFormat, Store, QueryBoolean

store = Store(sys.argv[1])
for line in sys.stdin:
    request = json.loads(line)
    begin = time.perf_counter()
    try:
        rows = 0
        if "load" in request:
            store.bulk_load(path=request["load"], format=RdfFormat.N_TRIPLES)
            store.flush()
        else:
            result = store.query(request["query"])
            if isinstance(result, QueryBoolean):
                rows = 1
            else:
                for row in result:
                    for value in row:
                        str(value)
                    rows += 1
        answer = {"rows": rows, "seconds": time.perf_counter() - begin}
    except Exception as e:
        answer = {"error": str(e)[:300]}
    print(json.dumps(answer), flush=True)
