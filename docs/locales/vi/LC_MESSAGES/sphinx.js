Documentation.addTranslations({
    "locale": "vi",
    "messages": {
        ", in ": ", trong trang ",
        "Copy": "Sao chép",
        "Hide Search Matches": "Bỏ đánh dấu từ tìm thấy",
        "Preparing search...": "Đang chuẩn bị tìm kiếm...",
        "Search Results": "Kết quả tìm kiếm",
        "Search finished, found one page matching the search query.": ["Tìm thấy ${resultCount} trang."],
        "Searching": "Đang tìm",
        "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.": "Không có trang nào khớp với từ cần tìm. Hãy kiểm tra lại chính tả."
    },
    "plural_expr": "0"
});
