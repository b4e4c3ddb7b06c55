package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "read every page and check every invariant; exit status 1 names what is wrong",
		Args:  noArguments,
		RunE: interruptible(func(c *cobra.Command, args []string) error {
			db, err := a.open()
			if err != nil {
				return err
			}
			defer db.Close()
			problems := 0
			if err := db.Verify(c.Context(), func(problem string) {
				problems++
				fmt.Fprintln(a.out, problem)
			}); err != nil {
				return err
			}
			if problems > 0 {
				return fmt.Errorf("%s: %d problems", a.db, problems)
			}
			a.remark("%s: no problem found", a.db)
			return nil
		}),
	}
}

func (a *app) compactCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "compact",
		Short: "fold updates into the ordered pages and give space back",
		Args:  noArguments,
		RunE: interruptible(func(c *cobra.Command, args []string) error {
			db, err := a.openForWriting()
			if err != nil {
				return err
			}
			defer db.Close()
			return db.Compact(c.Context())
		}),
	}
}
