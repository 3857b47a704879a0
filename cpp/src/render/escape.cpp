#include "nutgraf/render.h"

namespace nutgraf {

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      case '\0':  // which HTML has no place for
        escaped += "\uFFFD";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace nutgraf
