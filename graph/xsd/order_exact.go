package xsd

import (
	"math/big"

	"github.com/cockroachdb/apd/v3"
)

// compareToFloat orders two finite numbers of equal nearest double, at least one of them a float, by exact value.
func compareToFloat(a, b *Value) int { return exactRat(a).Cmp(exactRat(b)) }

func exactRat(v *Value) *big.Rat {
	if v.kind >= Float {
		return new(big.Rat).SetFloat64(v.float())
	}
	var d apd.Decimal
	v.toDecimal(&d)
	r := new(big.Rat).SetInt(d.Coeff.MathBigInt())
	if d.Negative {
		r.Neg(r)
	}
	if d.Exponent < 0 {
		scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(-d.Exponent)), nil)
		r.Quo(r, new(big.Rat).SetInt(scale))
	}
	return r
}
