# Words of the printed certificate. Headings and labels; values come from the certificate itself.
certificate-page = 第 { $page } 页，共 { $pages } 页
