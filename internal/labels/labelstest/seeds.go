package labelstest

var Seeds = []string{
	``, `{}`, `[]`, `null`, `{"doc_id":"a"}`, `{"doc_id":"a","error":"b"}`, `{"doc_id":"\u00e9\ud83d\ude00\n"}`, `{"doc_id":"\ud83d"}`,
	`{"doc_id":"a","mentions":[{"start":0,"end":4,"text":"بوتين","fragments":[[0,1],[2,4]],"confidence":1e-9}]}`,
	`{"doc_id":"a","events":[{"quoted":true,"modes":["x"],"arguments":[{"role":"TIME","start":1,"end":2,"value":"2016"}]}]}`,
	`{"doc_id":"a","x":[{"y":[1,-0.5e+3,true,false,null]}]}`, `[{"actor_id":"a","members":["b"]}]`, "\uFEFF{}", `{"doc_id":"a","mentions":[{}],"events":[{"arguments":[{}]},{}]}`, "{\"doc_id\":\"a\xff\"}", `{"a":01}`, `{"a":-}`,
}
