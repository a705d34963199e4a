package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/internal/annotate"
	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/annotate/web"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/forms"
	"github.com/mizan-corpus/mizan/pipeline/internal/labelset"
	"github.com/mizan-corpus/mizan/schema"
)

// AnnotateOptions are what [Annotate] is asked for.
type AnnotateOptions struct {
	Labels   string   // folder of label files, made where there is none; "" to show the embedded labels
	Articles Articles // that are labelled
	Ontology string   // of the labels: a name or a file; "" for that of the folder, or the default one
	Pass     string   // whose independent labels are made; "" for the labels themselves
	Review   []string // two passes whose differences are settled into the labels; none for no review
	Suggest  string   // predictions that are shown after one's own labels are done; "" for none
	Port     int      // of the page; 0 for any that is free
	// Open opens the page in a browser; nil leaves that to whoever reads the address.
	Open func(address string) error
}

// Annotate serves the page on which a person labels articles, until the context ends.
// Its address is the one line that it prints.
func Annotate(ctx context.Context, s Streams, opt AnnotateOptions) error {
	session, err := opt.session(ctx, s)
	if err != nil {
		return err
	}
	err = serve(ctx, s, session, opt)
	if closed := session.Close(); closed != nil {
		return closed
	}
	return err
}

// session opens the articles and labels.
func (opt *AnnotateOptions) session(ctx context.Context, s Streams) (*annotate.Session, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	base, err := data.Default()
	if err != nil {
		return nil, err
	}
	made := annotate.Options{Title: base.Meta().Name, Labels: base.Labels(), Dir: opt.Labels, Pass: opt.Pass}
	if opt.Articles.given() {
		if base, err = opt.Articles.open(ctx); err != nil {
			return nil, err
		}
		made.Title = filepath.Base(filepath.Clean(opt.Articles.Paths[0]))
	}
	if opt.Labels != "" {
		made.Labels = labels.Source{FS: os.DirFS(opt.Labels), Path: ".", Name: opt.Labels}
	}
	copy(made.Review[:], opt.Review)
	list, unread, err := readArticles(base)
	if err != nil {
		return nil, err
	}
	for _, e := range unread {
		s.say("%v; it is left out", e)
	}
	if len(list) == 0 {
		return nil, errors.New("found no article to label")
	}
	made.Articles = list
	if made.Ontology, err = opt.ontology(list, s); err != nil {
		return nil, err
	}
	if opt.Suggest != "" {
		if err := opt.suggestions(base, &made, s); err != nil {
			return nil, err
		}
	}
	session, err := annotate.Open(made)
	switch {
	case errors.Is(err, journal.ErrBusy):
		return nil, exit.WithHint(err, "use the page that is open, or end that program")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return nil, exit.WithHint(fmt.Errorf("%s: the labels cannot be written: %w", opt.Labels, err), "name another folder; without one the labels are shown only")
	case errors.As(err, new(*annotate.PassError)):
		return nil, exit.Usage(err, exit.Hint(err))
	case err != nil:
		return nil, err
	}
	for _, note := range session.Notes() {
		s.say("%s", note)
	}
	return session, nil
}

// suggestions reads an extractor's predictions, in any format.
func (opt *AnnotateOptions) suggestions(base dataset.Dataset, made *annotate.Options, s Streams) error {
	format, err := labels.DetectFormat(labels.FileSource(opt.Suggest))
	if err != nil {
		return err
	}
	in := &forms.Reading{Format: format, Source: labels.FileSource(opt.Suggest), Say: s.say}
	var docs []*labels.Document
	for d, err := range in.Documents(dataset.WithOntology(base, made.Ontology)) {
		if err != nil {
			return err
		}
		docs = append(docs, d)
	}
	for _, err := range in.Bad {
		s.say("%v; it is left out", err)
	}
	return made.Suggest(docs)
}

// check refuses what cannot be labelled.
func (opt *AnnotateOptions) check() error {
	switch {
	case opt.Port < 0 || opt.Port > 65535:
		return exit.Usagef("--port: found %d, expected 0 to 65535", opt.Port)
	case opt.Labels == "" && opt.Articles.given():
		return exit.Usage(errors.New("found --articles and no folder for the labels"), "dataset annotate labels --articles "+opt.Articles.Paths[0])
	case opt.Labels == "" && opt.Pass != "":
		return exit.Usage(errors.New("found --pass and no folder for the labels"), "dataset annotate labels --pass "+opt.Pass+" …")
	case len(opt.Review) != 0 && (len(opt.Review) != 2 || opt.Review[0] == opt.Review[1]):
		return exit.Usagef("--review: found %q, expected the names of two passes, as in a,b", strings.Join(opt.Review, ","))
	case len(opt.Review) != 0 && opt.Pass != "":
		return exit.Usagef("--pass and --review exclude each other")
	case opt.Labels == "" && opt.Suggest != "":
		return exit.Usage(errors.New("found --suggest and no folder for the labels"), "dataset annotate labels --suggest "+opt.Suggest+" …")
	case opt.Pass != "" && !annotate.ValidPass(opt.Pass):
		return exit.Usagef("--pass: found %q, expected a name that a folder can have", opt.Pass)
	case opt.Labels == "":
		return nil
	}
	info, err := os.Stat(opt.Labels)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return exit.Usage(fmt.Errorf("%s: a file, expected a folder of label files", opt.Labels), "dataset convert --to json IN -o LABELS makes one of other formats")
	case release.IsRelease(opt.Labels):
		return exit.Usage(fmt.Errorf("%s: a release, which is immutable; expected a folder of label files", opt.Labels), "label a folder, and build the next release of it")
	}
	format, err := labelset.Format(opt.Labels, "")
	if err == nil && format != nil {
		return exit.Usage(fmt.Errorf("%s: labels in the format %s, expected a folder of label files", opt.Labels, format.Name), "dataset convert --to json "+opt.Labels+" -o LABELS")
	}
	return nil
}

// ontology is the one that is named, which the folder keeps for the next time; or else
// the one that it keeps, or that its labels are made for.
func (opt *AnnotateOptions) ontology(list []*schema.Article, s Streams) (*schema.Ontology, error) {
	o, err := findOntology(opt.Ontology)
	if err != nil || opt.Labels == "" {
		return ontology.Or(o), err
	}
	if o != nil {
		return o, journal.KeepOntology(opt.Labels, o)
	}
	if o, err = journal.KeptOntology(opt.Labels); err != nil || o != nil {
		return o, err
	}
	if holds, err := (native.Folder{FS: os.DirFS(opt.Labels), Path: ".", Name: opt.Labels}).Holds(); err != nil || !holds {
		return ontology.Or(nil), nil
	}
	if labelset.Made(ontology.Or(nil), opt.Labels, "", textsOf(list)) {
		return ontology.Or(nil), nil
	}
	s.say("ontology: none is named, and the labels are not made for %s: they are held against one made of them", ontology.Or(nil).Name)
	return labelset.Infer(opt.Labels, "", textsOf(list), s.say)
}

// How often files are looked at for changes, and how long requests may take to end.
const (
	lookEvery  = time.Second
	endRequest = 300 * time.Millisecond
)

// serve answers the page until the context ends.
func serve(ctx context.Context, s Streams, session *annotate.Session, opt AnnotateOptions) error {
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", opt.Port))
	if errors.Is(err, syscall.EADDRINUSE) {
		return exit.WithHint(fmt.Errorf("port %d is in use", opt.Port), "leave --port out to take one that is free")
	}
	if err != nil {
		return exit.WithHint(err, "leave --port out to take one that is free")
	}
	page := web.New(session, listener.Addr().(*net.TCPAddr).Port)
	server := &http.Server{Handler: page, ReadHeaderTimeout: 10 * time.Second, ErrorLog: nil}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	go look(ctx, session)

	fmt.Fprintln(s.out(), page.URL())
	if f, ok := s.out().(interface{ Flush() error }); ok {
		if err := f.Flush(); err != nil {
			return errors.Join(err, server.Close())
		}
	}
	if opt.Open != nil {
		if err := opt.Open(page.URL()); err != nil {
			s.say("no browser could be opened (%v): open the address above", err)
		}
	}
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.Background(), endRequest)
	defer cancel()
	_ = server.Shutdown(stop) // what is still open then is a stream of news
	_ = server.Close()
	return exit.Done(opt.farewell(session))
}

// farewell says what was done.
func (opt *AnnotateOptions) farewell(session *annotate.Session) error {
	if session.ReadOnly() {
		return errors.New("the page is closed")
	}
	return fmt.Errorf("the page is closed; %s on disk in %s", wording.Count(session.Actions(), "action"), session.Dir())
}

// look notices changes of files that no request asks for. Where that takes long, for
// there are many, it looks less often.
func look(ctx context.Context, session *annotate.Session) {
	for wait := lookEvery; ; {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		began := time.Now()
		session.Look()
		wait = max(lookEvery, 20*time.Since(began))
	}
}
