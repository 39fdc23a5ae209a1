# How numbers, units and uncertainties are read. $text: as written; $suggestion: what was probably meant.

finding-quantity-missing = There is no quantity here. Write a number and a unit, for example 20.5 °C.
finding-number-malformed = "{ $text }" cannot be read as one number and one unit. Use a decimal point, a space between groups of three digits, and one unit after the number, for example 1 000.5 g.
finding-number-full-width = "{ $text }" contains full-width characters. Write { $suggestion } instead.
finding-number-comma = "{ $text }" contains a comma, which may be a decimal sign or a separator. Use "." as the decimal sign and a space between groups.
finding-number-beyond-bounds = "{ $text }" has more digits, or a higher power of ten, than any measured value. Check the number.
finding-unit-missing = There is no unit here. Add one; for a pure number write \one.
finding-unit-misspelt = "{ $text }" is no D-SI unit, so it was not used. If { $suggestion } is meant, write that.
finding-unit-unknown = "{ $text }" is no unit that is known here, so it was not used. Write a D-SI unit or the usual symbols.
finding-unit-rewritten = "{ $text }" breaks the rules of D-SI; by definition it means { $suggestion }, and was read so. Whoever issued the document should write it that way.
finding-unit-outside-dsi = "{ $text }" is not part of D-SI, so it was not used. Multiply the number by { $factor } and write { $suggestion }.
finding-unit-fahrenheit = "{ $text }" is the degree Fahrenheit, which is not part of D-SI, so it was not used. Subtract 32 from the number, multiply by 5/9 and write { $suggestion }.
finding-unit-prefix-refused = "{ $text }" was not used: { $unit } does not take the prefix { $prefix }. Choose a unit that does, and convert the number.
finding-unit-ambiguous = "{ $text }" can mean { $candidates }. Write out which one.
finding-unit-name-for-symbol = "{ $text }" is the name of a unit. After a number use its symbol: { $suggestion }.

# Uncertainties that contradict themselves.
finding-coverage-factor-impossible = The coverage factor k = { $factor } does not go with the coverage probability p = { $probability }: with this k, the distributions in question give between { $least } and { $greatest }. Ask the issuer for k and p.
finding-coverage-factor-not-positive = The coverage factor k = { $factor } must be above zero. Ask the issuer.
finding-coverage-probability-range = The coverage probability p = { $probability } must be above 0 and at most 1; 95 % is written 0.95. Ask the issuer.
finding-uncertainty-negative = The uncertainty { $uncertainty } is below zero, which no uncertainty can be. Ask the issuer.
finding-interval-reversed = The coverage interval begins at { $lower }, above its end at { $upper }. Ask the issuer for both ends.
finding-interval-excludes-value = The value { $value } lies outside its own coverage interval from { $lower } to { $upper }. That is possible but rare; ask the issuer.
finding-covariance-size = The covariance matrix has { $columns } columns and the quantity { $components } components; rows and columns must equal the components in number. Ask the issuer for the whole matrix.
finding-covariance-asymmetric = The covariance in row { $row } and column { $column } differs from the one in the mirrored place. Ask the issuer.
finding-covariance-not-positive = This matrix cannot be a covariance matrix: in some direction the variance would be below zero. Ask the issuer.

# Why a unit is legal in China.
legal-basis-order1984-table1 = Order of the State Council on the use of legal units of measurement (1984), table 1
legal-basis-order1984-table2 = Order of the State Council on the use of legal units of measurement (1984), table 2
legal-basis-order1984-table3 = Order of the State Council on the use of legal units of measurement (1984), table 3
legal-basis-order1984-table4 = Order of the State Council on the use of legal units of measurement (1984), table 4
legal-basis-order1984-table5 = Order of the State Council on the use of legal units of measurement (1984), table 5
legal-basis-announcement1990 = Notice on reforming the units of land area (1990)
legal-basis-gb3100 = GB 3100-1993, SI units and recommendations for the use of their multiples
legal-basis-gb3101 = GB 3101-1993, General principles concerning quantities, units and symbols
