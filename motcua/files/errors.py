"""The refusals of the room: code → what the person is told (the fact, then the remedy)."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "file.may_not": "Hãy đăng nhập rồi gửi tệp.",
    "file.empty": "Tệp “{name}” không có nội dung. Hãy mở lại tệp trên máy, lưu lại rồi chọn lại.",
    "file.too_large": "Tệp “{name}” lớn hơn {limit}. Hãy chụp hoặc quét lại ở độ phân giải thấp hơn, "
    "hoặc chia thành nhiều tệp.",
    "file.too_many_bytes": "Tổng các tệp lớn hơn {limit} cho một lần gửi. "
    "Hãy giảm độ phân giải, hoặc gửi bớt tệp.",
    "file.too_many": "Một lần chỉ gửi tối đa {most} tệp. Hãy bớt tệp, hoặc gộp lại rồi gửi.",
    "file.lies": "Tệp “{name}” mang đuôi {ending} nhưng nội dung là {found}. "
    "Hãy đặt lại đúng đuôi tệp, hoặc xuất lại từ phần mềm đã tạo ra nó.",
    "file.programme": "Tệp “{name}” là chương trình chạy được, hệ thống không nhận. "
    "Hãy gửi bản PDF, ảnh, DOCX hoặc XLSX.",
    "file.macros": "Tệp “{name}” có chứa macro, hệ thống không nhận. "
    "Hãy lưu lại thành .docx hoặc .xlsx không có macro.",
    "file.broken": "Tệp “{name}” bị hỏng hoặc tải lên chưa trọn. Hãy mở thử tệp, lưu lại rồi chọn lại.",
    "file.kind_not_taken": "Hệ thống chưa nhận loại tệp của “{name}”. "
    "Hãy gửi bản PDF, ảnh (JPG, PNG, WEBP, TIFF, HEIC), DOCX hoặc XLSX.",
    "file.encrypted": "Tệp “{name}” đặt mật khẩu nên không mở xem được. Hãy bỏ mật khẩu rồi gửi lại.",
    "file.too_many_pages": "Tệp “{name}” có {pages} trang, nhiều hơn {most} trang cho một tệp. "
    "Hãy chia thành nhiều tệp.",
    "file.too_many_pixels": "Ảnh “{name}” ghi kích thước {width} × {height} điểm ảnh, lớn hơn mức "
    "hệ thống mở được. Hãy chụp hoặc quét lại ở độ phân giải thấp hơn.",
    "file.unpacks_too_large": "Tệp “{name}” nén quá nhiều dữ liệu, mở ra lớn hơn mức cho phép. "
    "Hãy lưu lại từ phần mềm soạn thảo, bớt ảnh rồi gửi lại.",
    "file.active": "Tệp “{name}” có lệnh tự chạy (JavaScript hoặc mở chương trình), hệ thống không nhận. "
    "Hãy mở tệp, in ra thành tệp PDF mới rồi gửi tệp đó.",
    "file.too_hard": "Không mở được tệp “{name}” trong mức bộ nhớ và thời gian cho phép. "
    "Hãy xuất lại từ phần mềm đã tạo ra nó, hoặc in ra thành tệp PDF mới.",
    "file.busy": "Hệ thống đang mở nhiều tệp cùng lúc nên chưa mở được tệp này. "
    "Hãy thử lại sau ít giây.",
    "file.no_such_page": "Tệp này không có trang đã chọn. Hãy xem lại số trang.",
    "file.infected": "Tệp “{name}” có dấu hiệu mã độc ({found}) nên đã bị cách ly, không đưa vào hồ sơ. "
    "Hãy quét virus trên máy rồi gửi bản khác.",
    "file.altered": "Tệp “{name}” đã bị sửa sau khi ký số, hoặc chữ ký không khớp nội dung, nên hệ thống "
    "không nhận (tệp vẫn được giữ riêng để đối chiếu). Hãy lấy lại tệp gốc từ nơi đã ký và gửi nguyên tệp "
    "đó, không mở ra lưu lại.",
    "file.signed_out_of_time": "Chữ ký số của {holder} trong tệp “{name}” được ký ngoài thời hạn của chứng "
    "thư (từ {since} đến {until}), nên hệ thống không nhận (tệp vẫn được giữ riêng để đối chiếu). "
    "Hãy nhờ người ký ký lại bằng chứng thư còn hạn rồi gửi tệp mới.",
    "file.signed_when_revoked": "Chứng thư số của {holder} ký tệp “{name}” đã bị thu hồi từ {revoked_at}, "
    "nên hệ thống không nhận (tệp vẫn được giữ riêng để đối chiếu). "
    "Hãy nhờ người ký ký lại bằng chứng thư khác rồi gửi tệp mới.",
    "file.not_scanned": "Chưa quét virus được tệp “{name}” nên chưa nhận. Hãy thử lại sau ít phút; "
    "nếu vẫn vậy, hãy báo người quản trị hệ thống.",
    "file.not_shown": "Loại tệp này không xem được trên trang. Hãy tải tệp về máy.",
    "paper.fonts_missing": "Máy chủ thiếu phông chữ để in giấy tờ (thư mục {folder}), nên chưa in được. "
    "Việc đã làm vẫn được ghi; hãy báo người quản trị cài lại rồi in.",
    "paper.template_changed": "Tệp mẫu {template} đã bị sửa sau khi giấy này được lập, nên không in lại "
    "đúng như bản gốc được. Hãy báo người quản trị khôi phục tệp mẫu.",
    "file.nothing_to_digitise": "Chưa chọn ảnh hay trang nào. Hãy đánh dấu ít nhất một trang.",
    "file.too_many_to_digitise": "Một bản số hóa có nhiều nhất {most} trang. "
    "Hãy chia giấy tờ thành nhiều bản.",
    "file.certificate_unreadable": "Không mở được chứng thư số “{name}” (sai mật khẩu hoặc tệp hỏng), "
    "nên chưa ký. Hãy báo người quản trị hệ thống.",
    "file.certificate_not_valid": "Chứng thư số “{name}” không còn hoặc chưa có hiệu lực "
    "(hạn dùng đến {until}), nên chưa ký. Hãy gia hạn chứng thư, hoặc báo người quản trị hệ thống.",
    "file.reaches_out": "Tệp “{name}” chứa nội dung nhúng hoặc trỏ tới nơi khác nên không nhận. "
    "Hãy bỏ các liên kết, đối tượng nhúng rồi lưu lại.",
    "file.not_converted": "LibreOffice chưa chuyển được tệp “{name}” sang PDF. "
    "Hãy mở tệp bằng Word, lưu lại dạng .docx rồi tải lên lại.",
    "file.not_word": "Tệp “{name}” không phải văn bản Word (.docx). Hãy lưu lại dạng .docx rồi tải lên.",
    "file.lost": "Không đọc được tệp này trong kho. Hãy báo người quản trị hệ thống.",
    "certificate.may_not": "Vị trí của ông/bà không làm được việc này với chứng thư số. Hãy báo văn thư của "
    "cơ quan hoặc người quản trị hệ thống.",
    "certificate.not_found": "Không có chứng thư số này trong phạm vi ông/bà xem được. "
    "Hãy mở lại từ danh sách.",
    "certificate.not_registered": "Chứng thư số này chưa có trong sổ chứng thư số của tỉnh nên chưa ký được. "
    "Hãy báo người quản trị đưa chứng thư vào sổ.",
    "certificate.not_yours": "Chứng thư số này cấp cho người hoặc cơ quan khác nên không ký được. "
    "Hãy dùng chứng thư của chính mình.",
    "certificate.revoked": "Chứng thư số này đã bị thu hồi nên không ký được. "
    "Hãy đề nghị cấp chứng thư mới.",
    "certificate.lost": "Thiết bị lưu khóa của chứng thư số này đã báo mất nên không ký được. "
    "Hãy đề nghị thu hồi và cấp chứng thư mới.",
    "certificate.locked": "Thiết bị lưu khóa của chứng thư số này đang bị khóa nên không ký được. "
    "Hãy đề nghị người quản trị mở khóa.",
    "certificate.not_yet": "Chứng thư số này chỉ dùng được từ {since}. Hãy đợi đến ngày ấy, "
    "hoặc dùng chứng thư đang còn hạn.",
    "certificate.expired": "Chứng thư số này đã hết hạn từ {until} nên không ký được. "
    "Hãy đề nghị gia hạn hoặc cấp chứng thư mới.",
    "certificate.unreadable": "Tệp này không phải chứng thư số (.cer) hoặc đã hỏng. "
    "Hãy xuất lại chứng thư, định dạng DER hoặc PEM, rồi chọn lại.",
    "certificate.has_key": "Tệp này chứa khóa bí mật, hệ thống không nhận và không giữ. "
    "Hãy chỉ gửi chứng thư (.cer), và giữ khóa bí mật trong thiết bị.",
    "certificate.already_registered": "Chứng thư số này đã có trong sổ. Hãy tìm theo số hiệu {serial}.",
    "certificate.other_name": "Chứng thư ghi tên “{name}” nhưng người được cấp là “{holder}”. "
    "Hãy chọn đúng chứng thư, hoặc lập đề nghị cho đúng người.",
    "certificate.over": "Chứng thư này đã hết hạn từ {until}. Hãy chọn chứng thư còn hạn.",
    "certificate.not_that_state": "Chứng thư số đang ở trạng thái khác nên không làm được việc này. "
    "Hãy tải lại trang để xem trạng thái mới nhất.",
    "certificate.reason_missing": "Chưa ghi lý do hoặc số văn bản. Hãy ghi rõ.",
    "certificate.of_whom": "Chứng thư cá nhân cần có người được cấp; chứng thư của cơ quan, thiết bị thì "
    "không. Hãy xem lại loại chứng thư và người được cấp.",
    "certificate.renewed_already": "Đã có đề nghị hoặc chứng thư thay cho chứng thư này. "
    "Hãy mở chứng thư mới trong danh sách.",
    "sign.no_place": "Văn bản không có chỗ để trống cho: {place}. Hãy thêm chỗ đó (ví dụ “Số: ....../…”, "
    "“ngày … tháng … năm …”) vào văn bản rồi tải lên lại.",
    "sign.signed_already": "Văn bản đã có {place}. Hãy tải lại trang để xem bản mới nhất.",
    "sign.not_signed": "Người có thẩm quyền chưa ký văn bản này nên chưa đóng dấu được. "
    "Hãy trình ký trước.",
    "sign.picture_unreadable": "Không đọc được hình chữ ký hoặc con dấu “{name}” (phải là PNG) nên chưa ký. "
    "Hãy báo người quản trị hệ thống đặt lại tệp hình.",
    "sign.unreadable": "Tệp PDF hỏng hoặc viết sai quy cách nên không ký được; tệp gốc vẫn được giữ. "
    "Hãy xuất lại PDF từ phần mềm soạn thảo rồi tải lên.",
    "sign.encrypted": "Tệp PDF đặt mật khẩu hoặc hạn chế quyền nên không ký được; tệp gốc vẫn được giữ. "
    "Hãy bỏ mật khẩu rồi tải lên lại.",
    "sign.certified": "Tệp PDF đã được người lập khóa, không cho thay đổi, nên không ký thêm được; "
    "tệp gốc vẫn được giữ. Hãy dùng bản chưa khóa.",
    "sign.signed_before": "Tệp PDF đã có chữ ký số; thêm số, ngày và dấu sẽ làm chữ ký đó mất giá trị. "
    "Hãy dùng bản chưa ký để hệ thống ký theo thứ tự.",
    "sign.token_gone": "Thiết bị lưu khóa ký số không trả lời nên chưa ký; văn bản giữ nguyên như trước. "
    "Hãy cắm lại thiết bị rồi ký lại; nếu vẫn vậy, hãy báo quản trị hệ thống.",
    "sign.no_time_stamp": "Dịch vụ cấp dấu thời gian không trả lời đúng nên chưa ký; văn bản giữ nguyên "
    "như trước. Hãy ký lại sau ít phút; nếu vẫn vậy, hãy báo quản trị hệ thống.",
    "sign.revoked": "Chứng thư số của {holder} đã bị thu hồi nên không ký được. "
    "Hãy dùng chứng thư số khác, hoặc liên hệ cơ quan cấp.",
    "sign.expired": "Chứng thư số của {holder}, hoặc của nơi cấp, đã hết hạn hay chưa có hiệu lực nên không "
    "ký được. Hãy gia hạn chứng thư số.",
    "sign.failed": "Chưa tạo được chữ ký số; văn bản giữ nguyên như trước. "
    "Hãy ký lại; nếu vẫn vậy, hãy báo quản trị hệ thống.",
}
