package annotate

import "sync"

// Changed says that the labels of an article, or with "" the actors, are others now.
type Changed struct {
	Article string `json:"article"`
	Rev     int    `json:"rev"`
}

// watchers are told of changes.
type watchers struct {
	mu     sync.Mutex
	all    map[chan Changed]bool
	closed bool
}

// Watch is a channel that is told what changes, until stop is called. It is closed
// with the session, and one that is not read loses news.
func (s *Session) Watch() (news <-chan Changed, stop func()) {
	w := &s.watch
	c := make(chan Changed, 64)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		close(c)
		return c, func() {}
	}
	if w.all == nil {
		w.all = map[chan Changed]bool{}
	}
	w.all[c] = true
	return c, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.all, c)
	}
}

func (w *watchers) tell(x Changed) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.all {
		select {
		case c <- x:
		default:
		}
	}
}

func (w *watchers) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	for c := range w.all {
		delete(w.all, c)
		close(c)
	}
}
